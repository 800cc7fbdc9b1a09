//! What a schema says about a structured form.

use crate::words::Said;

/// What the schema of a document type says about one structured form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaOutcome {
    /// No schema of this document type is loaded, so nothing is known.
    NotLoaded,
    /// What breaks the schema, in the order of the schema; never empty, at most
    /// [`SchemaOutcome::MOST`].
    Invalid(Vec<Violation>),
    /// Nothing breaks the schema.
    Valid,
}

impl SchemaOutcome {
    /// Most violations that are told of one structured form: enough to mend it, and bounded for hostile ones.
    pub const MOST: usize = 20;
}

/// One place that breaks the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// JSON pointer into the structured form; empty for the whole.
    pub pointer: String,
    /// JSON pointer to the keyword of the schema that is broken.
    pub schema_path: String,
    /// What is wrong, with the value itself left out: it may be about a person.
    pub message: Said,
}
