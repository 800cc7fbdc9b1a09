//! Kinds of documents, and what the harness writes into those that it makes itself.

use serde::Deserialize;

use crate::domain::Evidence;

/// A kind of document, as scenarios call it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DocumentKindRow {
    /// Its name in scenarios.
    pub kind: String,
    /// Use case of the service request that stores it, which tells its document group.
    pub use_case: String,
    /// Code of its specific type, where the scenario names none.
    pub document_type: Option<String>,
    /// Identifier of the schema of its structured form.
    pub content_specification: Option<String>,
    /// How well it is known.
    pub evidence: Evidence,
}

/// Codes of documents that the harness writes itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PlantedRules {
    /// `confidentialityCode`.
    pub confidentiality: String,
    /// `fileFormat`, for XHTML.
    pub display_format: String,
    /// `structuredFileFormat`, for JSON.
    pub file_format: String,
    /// `registryType`.
    pub register: String,
    /// `totalRetentionPeriodClass`.
    pub retention: String,
    /// `specialContent`, for none.
    pub special_content: String,
    /// How well they are known.
    pub evidence: Evidence,
    /// The service task where a scenario names none.
    pub service_task: ServiceTask,
}

/// A service task (palvelutehtävä).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceTask {
    pub code: String,
    pub name: String,
    /// How well it is known.
    pub evidence: Evidence,
}
