//! The system shows its user the error that Kanta gave.

use serde_json::Value;

use super::Case;
use crate::evidence::ActionRecord;
use crate::rule::{FindingCode, Findings};

/// The answer of the action holds an error with a code or a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorsShown {
    /// The step.
    pub step: String,
}

impl ErrorsShown {
    /// What it can find.
    pub const CODE: FindingCode = FindingCode::ErrorNotShown;

    /// An action that met an error and shows none is a finding.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(action) = case.action(&self.step) else { return };
        if matches!(action.outcome.as_str(), "refused" | "failed") && !shows_error(action) {
            out.add_for_step(Self::CODE, &self.step, "errors[].code, errors[].text", action.message.as_str());
        }
    }
}

fn shows_error(action: &ActionRecord) -> bool {
    let errors = action.result.get("errors").and_then(Value::as_array);
    let told =
        |error: &Value, member: &str| error.get(member).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    errors.is_some_and(|errors| errors.iter().any(|error| told(error, "code") || told(error, "text")))
}
