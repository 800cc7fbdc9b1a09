//! The system shows its user the error that Kanta gave.

use serde_json::Value;

use super::{ExpectationKind, Expected, MemberReader, ScenarioEvidence};
use crate::domain::ActionOutcome;
use crate::evidence::ActionRecord;
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What `see = "errors"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "errors",
    sentence: "an action that met an error shows its code or text",
    members: &[],
    codes: &[FindingCode::ErrorNotShown],
    read: read_members,
};

/// The answer of the action holds an error with a code or a text.
#[derive(Debug)]
struct ErrorsShown;

fn read_members(_: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(ErrorsShown))
}

impl Expected for ErrorsShown {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// An action that met an error and shows none is a finding.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(action) = evidence.action(step) else { return };
        if matches!(action.outcome, ActionOutcome::Refused | ActionOutcome::Failed) && !shows_error(action) {
            out.add_for_step(
                FindingCode::ErrorNotShown,
                step,
                Said::value("errors[].code, errors[].text"),
                Said::value(action.message.as_str()),
            );
        }
    }
}

fn shows_error(action: &ActionRecord) -> bool {
    let errors = action.result.get("errors").and_then(Value::as_array);
    let told =
        |error: &Value, member: &str| error.get(member).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
    errors.is_some_and(|errors| errors.iter().any(|error| told(error, "code") || told(error, "text")))
}
