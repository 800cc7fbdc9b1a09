//! The system tells by its own means whether a copy of its log is as it was.

use serde_json::Value;

use super::{ExpectationKind, Expected, Member, MemberReader, ScenarioEvidence};
use crate::rule::{FindingCode, Findings};
use crate::words::{Said, said};

/// Fewest entries of a copy in which a change can be told: the newest one has nothing after it.
const FEWEST: usize = 3;

/// What `see = "log-integrity"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "log-integrity",
    sentence: "the system says of the copy of its log that the step hands over whether it is intact",
    members: &[INTACT.description],
    codes: &[FindingCode::LogTamperingUnnoticed, FindingCode::LogIntactDenied],
    read: read_members,
};

const INTACT: Member<bool> = Member::flag("intact", "whether the copy is as the system gave it");

/// The system says whether the copy of its log that the step hands to it is intact.
#[derive(Debug)]
struct LogIntegrity {
    /// Whether the copy is as the system gave it.
    intact: bool,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(LogIntegrity { intact: members.get(&INTACT)? }))
}

impl Expected for LogIntegrity {
    fn codes(&self) -> Vec<FindingCode> {
        vec![self.code()]
    }

    /// Another answer than the true one is a finding. A log too short to be tampered with proves nothing.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(action) = evidence.succeeded(step) else { return };
        let entries = action.parameters.get("entries").and_then(Value::as_array).map_or(0, Vec::len);
        let told = action.result.get("intact").and_then(Value::as_bool);
        if entries + 1 >= FEWEST && told != Some(self.intact) {
            let actual = Said::value_or(told.map(|told| format!("result.intact = {told}")), said::none());
            out.add_for_step(self.code(), step, Said::value(format!("result.intact = {}", self.intact)), actual);
        }
    }
}

impl LogIntegrity {
    /// A right copy that is called wrong, or tampering that is not noticed.
    fn code(&self) -> FindingCode {
        if self.intact { FindingCode::LogIntactDenied } else { FindingCode::LogTamperingUnnoticed }
    }
}
