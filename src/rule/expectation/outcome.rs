//! An action ends as the scenario says.

use super::Case;
use crate::rule::Findings;

/// An action ends in one of these outcomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndsIn {
    /// The step.
    pub step: String,
    /// `succeeded`, `refused`, `failed`.
    pub outcomes: Vec<String>,
    /// The finding when it ends otherwise.
    pub finding: String,
}

impl EndsIn {
    /// An action that ended otherwise is a finding; one without an end is no matter of this rule.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(action) = case.action(&self.step) else { return };
        if action.outcome == "unanswered" || self.outcomes.contains(&action.outcome) {
            return;
        }
        let actual = if action.message.is_empty() {
            action.outcome.clone()
        } else {
            format!("{}: {}", action.outcome, action.message)
        };
        out.add_for_step(&self.finding, &self.step, self.outcomes.join(" / "), actual);
    }
}
