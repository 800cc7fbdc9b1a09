//! Forms in which a document is shown.

use serde::Deserialize;

use crate::domain::Evidence;

/// A display form (näyttömuoto).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DisplayFormRow {
    pub form: DisplayForm,
    /// Code of `fileFormat`.
    pub code: String,
    /// Name of its code system among `code-system`.
    pub system: String,
    /// `text/@mediaType`.
    pub media_type: String,
    /// Whether a structured form has to stand beside it.
    pub structured: bool,
    /// How well it is known.
    pub evidence: Evidence,
}

/// A kind of display form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DisplayForm {
    /// XHTML.
    Xhtml,
    /// PDF/A.
    PdfA,
}

/// What a PDF/A file may hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PdfRules {
    /// Names that may stand in no dictionary.
    pub forbidden: Vec<String>,
    /// Names by which other files lie in it.
    pub embedded: Vec<String>,
    /// Parts of ISO 19005 that a file may claim.
    pub parts: Vec<String>,
    /// How well they are known.
    pub evidence: Evidence,
}
