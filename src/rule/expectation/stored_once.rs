//! A document is in the archive exactly once.

use std::collections::BTreeSet;

use super::Case;
use crate::evidence::ArchivedDocument;
use crate::rule::{FindingCode, Findings};

/// The document of a step is in the archive once in the end: neither lost nor doubled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredOnce {
    /// The step that made it.
    pub step: String,
}

impl StoredOnce {
    /// What it can find.
    pub const CODES: [FindingCode; 2] = [FindingCode::DocumentNotDelivered, FindingCode::DocumentStoredTwice];

    /// No document with the marker or the identifier that the system told, or more than one, is a finding.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let (Some(name), Some(snapshot)) = (case.names.get(&self.step), case.snapshot) else { return };
        let held = |document: &&ArchivedDocument| {
            document.text.contains(&name.marker) || Some(document.set_id.as_str()) == name.set_id.as_deref()
        };
        let sets: BTreeSet<&str> =
            snapshot.documents.iter().filter(held).map(|document| document.set_id.as_str()).collect();
        match sets.len() {
            1 => {}
            0 => out.add_for_step(Self::CODES[0], &self.step, "1", "0"),
            many => out.add_for_step(Self::CODES[1], &self.step, "1", many.to_string()),
        }
    }
}
