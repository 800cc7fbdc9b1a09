//! Documents that the harness puts into the archive itself: of other controllers, of earlier days.
//! They carry no signature, since nobody made them. And forms of other organisations.

mod document;
mod form;
mod model;
mod structured;
mod version;

pub(crate) use form::PlantedForm;
pub use model::{Party, PlantedDocument, PlantedKind};
pub(super) use version::PlantedVersion;
