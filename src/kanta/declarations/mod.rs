//! Declarations of intent (tahdonilmaisut): what the client was told, permits and forbids, and what
//! follows from it for another controller's data.

mod decide;
mod gate;
mod model;
mod work;

pub(super) use decide::{DisclosureFacts, decide};
pub(super) use gate::{Gate, Requester};
pub use model::Declaration;
pub(super) use model::{Standing, SubjectDocument};
pub(super) use work::handle;
