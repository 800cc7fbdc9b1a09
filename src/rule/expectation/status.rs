//! A document that Kanta refused or could not take is still with the system.

use serde_json::Value;

use super::Case;
use crate::rule::{FindingCode, Findings};

/// The system still has the document, in one of these states, with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The step that asks for the state.
    pub step: String,
    /// The document's name.
    pub document: String,
    /// `stored`, `waiting`, `refused`.
    pub states: Vec<String>,
}

impl Status {
    /// What it can find.
    pub const CODE: FindingCode = FindingCode::RefusedDocumentLost;

    /// Another state, or a text without the marker, is a finding.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let (Some(action), Some(name)) = (case.action(&self.step), case.names.get(&self.document)) else { return };
        if action.outcome == "unanswered" {
            return;
        }
        let member = |name: &str| action.result.get(name).and_then(Value::as_str).unwrap_or("");
        let state = member("status");
        if !self.states.iter().any(|expected| expected == state) {
            out.add_for_step(
                Self::CODE,
                &self.step,
                self.states.join(" / "),
                if state.is_empty() { "—" } else { state },
            );
        } else if !member("text").contains(&name.marker) {
            out.add_for_step(Self::CODE, &self.step, name.marker.as_str(), member("text"));
        }
    }
}
