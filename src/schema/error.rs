//! Why schemas of documents cannot be used.

/// Why a schema cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// Files are named after the content specification: `<OID>.json`.
    #[error("{name} is not named after a content specification: <OID>.json")]
    Name {
        /// Name of the file.
        name: String,
    },
    /// The text is no JSON.
    #[error("{name} is no JSON: {cause}")]
    NotJson {
        /// Name of the file.
        name: String,
        /// What the reader said.
        cause: String,
    },
    /// The text is JSON but no JSON Schema that stands on its own.
    #[error("{name} is no JSON Schema of draft 7: {cause}")]
    NotSchema {
        /// Name of the file.
        name: String,
        /// What the compiler said.
        cause: String,
    },
}
