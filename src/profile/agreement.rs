//! What is told in several places of a message and has to agree.

use serde::Deserialize;

use crate::domain::Evidence;

/// What has to agree, beside what the rules of frame and document compare.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementRules {
    /// What the frame repeats of the document.
    pub frame: Vec<FrameAgreement>,
    /// What the structured form repeats of the header.
    pub json: Vec<JsonAgreement>,
}

/// An element of the frame that repeats one of the document.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameAgreement {
    /// Path below `clinicalDocument` of the frame.
    pub frame: String,
    /// Path below `ClinicalDocument`.
    pub document: String,
    /// The attribute with the value; the text of the element without.
    pub attribute: Option<String>,
    /// How well it is known that they agree.
    pub evidence: Evidence,
}

/// A member of the structured form that repeats an element of the header.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JsonAgreement {
    /// Names of members below the root member, joined by `/`; arrays on the way are gone through.
    pub member: String,
    /// Path below `ClinicalDocument`.
    pub document: String,
    /// The attribute with the value; the text of the element without.
    pub attribute: Option<String>,
    /// How well it is known that they agree.
    pub evidence: Evidence,
}

/// Document types.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentTypes {
    pub general: Vec<GeneralType>,
}

/// A general document type.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GeneralType {
    pub code: String,
    /// How schemas of the structured form call it.
    pub name: String,
    /// How well it is known that these belong together.
    pub evidence: Evidence,
}

impl DocumentTypes {
    /// The type that a schema calls `name`.
    pub fn named(&self, name: &str) -> Option<&GeneralType> {
        self.general.iter().find(|row| row.name == name)
    }
}
