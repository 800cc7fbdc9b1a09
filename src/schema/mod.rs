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

pub(crate) use conditions::Unmet;
pub use documents::DocumentSchemas;
pub(crate) use error::SchemaError;
pub use notices::NoticePart;
pub use outcome::SchemaOutcome;
pub(crate) use outcome::Violation;
pub(crate) use sample::SampleError;
pub use sample::SamplePersons;
