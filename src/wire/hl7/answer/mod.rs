//! Writing of answers: acknowledgements and answers to queries.
//!
//! The shape is that of HL7 v3 in general (class standard); which interaction answers which is data of
//! the profile.

mod acknowledgement;
mod element;
mod query;
mod summary;

pub(crate) use acknowledgement::{Acknowledgement, AcknowledgementCode, Detail, DetailSeverity};
pub(crate) use query::{AnsweredClient, AnsweredDocument, QueryAnswer, QueryResponseCode};
pub use summary::SUMMARY;
pub(crate) use summary::{Summary, SummedDocuments, SummedMatter, SummedRelationship};
