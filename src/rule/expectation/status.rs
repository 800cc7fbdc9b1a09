//! A document that Kanta refused or could not take is still with the system.

use serde_json::Value;

use super::state_words::{any_state, state_word};
use super::{ExpectationKind, Expected, Member, MemberReader, ScenarioEvidence};
use crate::domain::ActionOutcome;
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What `see = "status"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "status",
    sentence: "the system still has the document in one of these states",
    members: &[DOCUMENT.description, STATES.description],
    codes: &[FindingCode::RefusedDocumentLost],
    read: read_members,
};

const DOCUMENT: Member<String> = Member::document("document", "the document");
const STATES: Member<Vec<String>> =
    Member::several_of("states", &["stored", "waiting", "refused"], "the states that are right");

/// The system still has the document, in one of these states, with its text.
#[derive(Debug)]
struct Status {
    document: String,
    /// `stored`, `waiting`, `refused`.
    states: Vec<String>,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(Status { document: members.get(&DOCUMENT)?, states: members.get(&STATES)? }))
}

impl Expected for Status {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// Another state, or a text without the marker, is a finding.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let (Some(action), Some(name)) = (evidence.action(step), evidence.names.get(&self.document)) else { return };
        if action.outcome == ActionOutcome::Unanswered {
            return;
        }
        let member = |name: &str| action.result.get(name).and_then(Value::as_str).unwrap_or("");
        let state = member("status");
        if !self.states.iter().any(|expected| expected == state) {
            out.add_for_step(
                FindingCode::RefusedDocumentLost,
                step,
                any_state(&self.states),
                if state.is_empty() { Said::value("—") } else { state_word(state) },
            );
        } else if !member("text").contains(&name.marker) {
            out.add_for_step(
                FindingCode::RefusedDocumentLost,
                step,
                Said::value(name.marker.as_str()),
                Said::value(member("text")),
            );
        }
    }
}
