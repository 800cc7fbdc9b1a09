//! Attachments of documents.

use serde::Deserialize;

use crate::domain::Evidence;

/// What may come beside a document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AttachmentRules {
    /// Media types, without parameters and in lower case.
    pub media_types: Vec<String>,
    /// Most attachments of one document.
    pub most: usize,
    /// How well they are known.
    pub evidence: Evidence,
}
