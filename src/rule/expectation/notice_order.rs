//! Notices that waited reach Kanta in the order of the disclosures.

use serde_json::Value;

use super::Case;
use crate::evidence::ActionRecord;
use crate::rule::Findings;

/// The notices whose identifiers the system told reached Kanta in the order in which it told them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeOrder {
    /// The step after which it is so.
    pub step: String,
}

impl NoticeOrder {
    /// What it can find.
    pub const CODE: &'static str = "notices-out-of-order";

    /// Another order of arrival is a finding; a notice that did not arrive is no matter of this rule.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(snapshot) = case.snapshot else { return };
        let told: Vec<&str> = case.actions.iter().flat_map(|action| identifiers(action)).collect();
        let arrived: Vec<&str> =
            snapshot.notices.iter().map(String::as_str).filter(|notice| told.contains(notice)).collect();
        let expected: Vec<&str> = told.into_iter().filter(|notice| arrived.contains(notice)).collect();
        if arrived != expected {
            out.add_for_step(Self::CODE, &self.step, expected.join(", "), arrived.join(", "));
        }
    }
}

/// Identifiers of the notices that a recording of disclosures told.
fn identifiers(action: &ActionRecord) -> impl Iterator<Item = &str> {
    let notices = action.result.get("notices").filter(|_| action.action == "record-disclosures");
    let notices = notices.and_then(Value::as_array).into_iter().flatten();
    notices.filter_map(|notice| notice.get("notice-id")?.as_str())
}
