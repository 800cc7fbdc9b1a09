//! JSON Schemas of the structured form of documents: compiled when first needed, never fetched. This
//! room opens no sockets and no files.

mod documents;
mod outcome;
mod sample;

pub use documents::{DocumentSchemas, SchemaError};
pub use outcome::{SchemaOutcome, Violation};
pub use sample::{SampleError, SamplePersons};
