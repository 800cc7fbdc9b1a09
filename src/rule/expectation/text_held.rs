//! A document that the system shows holds its own text.

use super::Case;
use crate::rule::{FindingCode, Findings};

/// The shown document holds the text that the archived one holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextHeld {
    /// The step that shows it.
    pub step: String,
    /// Its name.
    pub document: String,
}

impl TextHeld {
    /// What it can find.
    pub const CODE: FindingCode = FindingCode::DocumentTextDiffers;

    /// A shown text without the document's marker is a finding.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(name) = case.names.get(&self.document) else { return };
        if case.action(&self.step).is_none_or(|action| action.outcome != "succeeded") {
            return;
        }
        let texts: Vec<&str> =
            case.shown_by(&self.step).into_iter().filter_map(|document| document.get("text")?.as_str()).collect();
        if !texts.iter().any(|text| text.contains(&name.marker)) {
            out.add_for_step(Self::CODE, &self.step, name.marker.as_str(), texts.join(" / "));
        }
    }
}
