//! Writing of answers: acknowledgements and answers to queries.
//!
//! The shape is that of HL7 v3 in general (class standard); which interaction answers which is data of
//! the profile.

mod acknowledgement;
mod element;
mod query;
mod summary;

pub use acknowledgement::{Acknowledgement, AcknowledgementCode, Detail, DetailSeverity};
pub use query::{AnsweredClient, AnsweredDocument, QueryAnswer, QueryResponseCode};
pub use summary::{SUMMARY, Summary, SummedDocuments, SummedMatter, SummedRelationship};
