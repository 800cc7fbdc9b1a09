//! Declarations of intent (tahdonilmaisut): what the client was told, permits and forbids, and what
//! follows from it for another controller's data.

mod gate;
mod model;
mod work;

pub(super) use gate::Gate;
pub use model::Declaration;
pub(super) use work::handle;
