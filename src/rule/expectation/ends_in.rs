//! An action ends as the scenario says, and tells what the driver API asks it to tell.

use serde_json::Value;

use super::state_words::{any_outcome, outcome_word};
use super::{Expected, ScenarioEvidence};
use crate::domain::ActionOutcome;
use crate::evidence::ActionRecord;
use crate::rule::{FindingCode, Findings};
use crate::words::{Said, said};

/// An action ends in one of these outcomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndsIn {
    pub outcomes: Vec<ActionOutcome>,
    /// The finding when it ends otherwise.
    pub finding: FindingCode,
    /// Whether a success must name the document that was made.
    pub makes_document: bool,
}

impl Expected for EndsIn {
    fn codes(&self) -> Vec<FindingCode> {
        vec![self.finding, FindingCode::DriverAnswerWrong]
    }

    /// An action that ended otherwise is a finding, and so is a success that does not name the document;
    /// an action without an end is no matter of this rule.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(action) = evidence.action(step).filter(|action| action.outcome != ActionOutcome::Unanswered) else {
            return;
        };
        if self.makes_document && action.has_succeeded() && !names_document(action) {
            out.add_for_step(
                FindingCode::DriverAnswerWrong,
                step,
                said::result_document_with_id_set_id_and(),
                Said::value(action.result.to_string()),
            );
        }
        if self.outcomes.contains(&action.outcome) {
            return;
        }
        let outcome = outcome_word(action.outcome);
        let actual = match action.message.as_str() {
            "" => outcome,
            message => said::cause_at(outcome, message),
        };
        out.add_for_step(self.finding, step, any_outcome(&self.outcomes), actual);
    }
}

fn names_document(action: &ActionRecord) -> bool {
    let document = action.result.get("document");
    let told = |name: &str| document.and_then(|document| document.get(name)).is_some_and(|value| !value.is_null());
    ["id", "set-id", "version"].into_iter().all(told) && document.is_some_and(Value::is_object)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::samples::action;
    use super::names_document;

    #[test]
    fn a_document_is_named_by_all_three_members() {
        assert!(names_document(&action(json!({"document": {"id": "1.2", "set-id": "1.2", "version": 1}}))));
        for result in
            [json!(null), json!({}), json!({"document": "1.2"}), json!({"document": {"id": "1.2", "version": 1}})]
        {
            assert!(!names_document(&action(result.clone())), "{result}");
        }
    }
}
