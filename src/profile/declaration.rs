//! How declarations of intent come over the wire.

use serde::Deserialize;

use crate::domain::{Evidence, Sector};

/// Declarations of intent as FHIR Consents with their Provenances.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DeclarationRules {
    /// Code system of the categories.
    pub category_system: String,
    /// Most pairs of Consent and Provenance in one Bundle.
    pub most_pairs: usize,
    /// How well they are known.
    pub evidence: Evidence,
    /// What the categories mean.
    pub category: Vec<CategoryRow>,
    /// Roles of those who made a declaration.
    pub role: DeclarationRoles,
}

/// A category of Consents.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CategoryRow {
    pub code: String,
    /// What such a Consent declares.
    pub declares: Declares,
    /// Whose data a permit is about.
    pub from: Option<Sector>,
    /// Who may get them.
    pub to: Option<Sector>,
}

/// What a Consent declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Declares {
    /// That the client has been given the information about Kanta.
    Information,
    /// A permit of disclosure.
    Permit,
    /// A prohibition of disclosure.
    Prohibition,
}

/// Roles of agents of a Provenance.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DeclarationRoles {
    pub system: String,
    pub client: String,
    pub professional: String,
    pub representative: String,
    /// The professional's service unit.
    pub unit: String,
    /// How well they are known.
    pub evidence: Evidence,
}
