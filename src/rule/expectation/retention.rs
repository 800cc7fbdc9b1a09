//! The log is kept as long as it must be.

use serde_json::Value;

use super::{ExpectationKind, Expected, Member, MemberReader, ScenarioEvidence};
use crate::rule::{FindingCode, Findings};
use crate::words::{Said, said};

/// What `see = "retention"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "retention",
    sentence: "the system keeps its log so many years at least",
    members: &[YEARS.description],
    codes: &[FindingCode::LogRetentionShort],
    read: read_members,
};

const YEARS: Member<usize> = Member::number("years", 1, "the fewest years that are right");

/// The system keeps its log so many years.
#[derive(Debug)]
struct Retention {
    years: usize,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(Retention { years: members.get(&YEARS)? }))
}

impl Expected for Retention {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// Fewer years, or none told, is a finding.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(action) = evidence.succeeded(step) else { return };
        let told = action.result.get("years").and_then(Value::as_f64);
        if told.is_none_or(|years| years < self.years as f64) {
            let actual = Said::value_or(action.result.get("years").map(Value::to_string), said::none());
            out.add_for_step(
                FindingCode::LogRetentionShort,
                step,
                Said::value(format!("result.years ≥ {}", self.years)),
                actual,
            );
        }
    }
}
