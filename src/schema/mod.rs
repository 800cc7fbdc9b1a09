//! JSON Schemas of the structured form of documents and of disclosure notices: compiled when first
//! needed, never fetched. This room opens no sockets and no files.

mod conditions;
mod documents;
mod error;
mod notices;
mod outcome;
mod pointer;
mod primitives;
mod sample;
mod violation_message;

pub use conditions::{SchemaConditions, Unmet, Unread};
pub use documents::DocumentSchemas;
pub use error::SchemaError;
pub use notices::NoticePart;
pub use outcome::{SchemaOutcome, Violation};
pub use sample::{SampleError, SamplePersons};
