//! A coded value: code and code system belong together and are only compared together.

use serde::{Deserialize, Serialize};

/// A code of a code system.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Code {
    pub code: String,
    /// OID of the code system, without `urn:oid:`.
    pub system: String,
}

impl Code {
    /// `code` of `system`.
    pub fn new(code: impl Into<String>, system: impl Into<String>) -> Self {
        Self { code: code.into(), system: system.into() }
    }
}
