//! What the system refused to let a user do stands in its log.

use serde_json::Value;

use super::member::FINDING;
use super::{ExpectationKind, Expected, Member, MemberReader, ScenarioEvidence};
use crate::domain::ActionOutcome;
use crate::reading::{LogEntry, LogOutcome, read_use_log};
use crate::rule::{FindingCode, Findings};
use crate::words::said;

/// What `see = "attempt-logged"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "attempt-logged",
    sentence: "the log that the step gave tells the refused attempt of another step",
    members: &[OF.description, FINDING.description],
    codes: &[],
    read: read_members,
};

const OF: Member<String> = Member::step("of", "the step that made the attempt");

/// The log given in a step has an entry of the attempt that another step made.
#[derive(Debug)]
struct AttemptLogged {
    /// The step that made the attempt, which the system refused.
    attempt: String,
    /// The finding when no entry tells it.
    finding: FindingCode,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(AttemptLogged { attempt: members.get(&OF)?, finding: members.get(&FINDING)? }))
}

impl Expected for AttemptLogged {
    fn codes(&self) -> Vec<FindingCode> {
        vec![self.finding]
    }

    fn attempt(&self) -> Option<&str> {
        Some(&self.attempt)
    }

    /// A refused attempt without its entry is a finding. One that was not refused is for others to tell.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let log = evidence.succeeded(step).and_then(|_| evidence.log(step));
        let attempt = evidence.action(&self.attempt).filter(|action| action.outcome == ActionOutcome::Refused);
        let (Some(log), Some(attempt)) = (log, attempt) else { return };
        let client = attempt.parameters.get("client").and_then(Value::as_str);
        let log = read_use_log(&log.entries);
        if !log.entries.iter().any(|entry| tells(entry, client)) {
            let expected = said::an_entry_of_the_refused(&attempt.action);
            out.add_for_step(self.finding, step, expected, said::none());
        }
    }
}

/// An attempt about a client's data names the client; another one is a matter of administration.
fn tells(entry: &LogEntry<'_>, client: Option<&str>) -> bool {
    let is_about = match client {
        Some(client) => entry.client.as_deref() == Some(client),
        None => entry.kind.as_deref() == Some("administration"),
    };
    is_about && entry.outcome == Some(LogOutcome::Refused) && entry.call().is_none()
}
