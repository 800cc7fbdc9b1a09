//! Rules about declarations of intent: one request to the FHIR root with Consents and their Provenances.

mod case;
mod direction;
mod document;
mod information;
mod maker;
mod reading;
mod registry;
mod shape;
mod unit;

pub use document::{DocumentDeclaration, Unclear, of_document};
pub use reading::{DeclarationReading, Statement, concerns, read};
pub use registry::judge;
