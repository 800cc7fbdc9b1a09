//! Code systems, and roots of identifiers.

use serde::Deserialize;

use crate::domain::Evidence;

/// A code system.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeSystem {
    pub oid: String,
    pub name: String,
    /// How well it is known.
    pub evidence: Evidence,
}
