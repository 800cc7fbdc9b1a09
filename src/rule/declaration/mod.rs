//! Rules about declarations of intent: one request to the FHIR root with Consents and their Provenances.

mod direction_twice;
mod maker_wrong;
mod malformed;
mod permit_before_information;
mod service_unit_missing;
mod stages;
mod subject;

pub use stages::judge;
pub(in crate::rule) use stages::rules;
