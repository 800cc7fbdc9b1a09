//! Declarations of intent (tahdonilmaisut): what the client was told, permits and forbids, and what
//! follows from it for another controller's data.

mod declaration_call;
mod disclosure_check;
mod model;

pub(super) use declaration_call::handle;
pub(super) use disclosure_check::DisclosureCheck;
pub use model::Declaration;
