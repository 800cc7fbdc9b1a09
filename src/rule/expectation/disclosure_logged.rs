//! Kanta's own log tells that documents were disclosed, and on what ground.

use super::Case;
use crate::rule::{FindingCode, Findings};

/// During a step Kanta disclosed these documents on this ground, and its log says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisclosureLogged {
    /// The step.
    pub step: String,
    /// Names of the documents.
    pub documents: Vec<String>,
    /// Step of the decision table.
    pub ground: String,
    /// The finding when the log does not say so.
    pub finding: FindingCode,
}

impl DisclosureLogged {
    /// A document without an entry of the step is a finding.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(snapshot) = case.snapshot else { return };
        let numbers: Vec<u64> = case.of_step(&self.step).map(|read| read.exchange.number).collect();
        let entries: Vec<_> = snapshot.disclosures.iter().filter(|entry| numbers.contains(&entry.exchange)).collect();
        for name in &self.documents {
            let Some(set_id) = case.names.get(name).and_then(|name| name.set_id.as_deref()) else { continue };
            let of_set = |id: &String| snapshot.documents.iter().any(|one| one.id == *id && one.set_id == set_id);
            let told = entries.iter().filter(|entry| entry.documents.iter().any(of_set));
            let grounds: Vec<&str> = told.map(|entry| entry.ground.as_str()).collect();
            if !grounds.contains(&self.ground.as_str()) {
                let actual = if grounds.is_empty() { "—".to_owned() } else { grounds.join(", ") };
                out.add_for_step(self.finding, &self.step, self.ground.as_str(), actual);
            }
        }
    }
}
