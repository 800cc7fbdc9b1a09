//! Documents that the harness puts into the archive itself: of other controllers, of earlier days.
//! They carry no signature, since nobody made them. And forms of other organisations.

mod document;
mod form;
mod structured;
mod version;

pub use document::{Party, PlantedDocument, PlantedKind};
pub use form::PlantedForm;
pub(super) use version::PlantedVersion;
