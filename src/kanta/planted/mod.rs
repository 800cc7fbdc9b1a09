//! Documents that the harness puts into the archive itself: of other controllers, of earlier days.
//! They carry no signature, since nobody made them.

mod document;
mod structured;

pub use document::{Party, PlantedDocument, PlantedKind};
