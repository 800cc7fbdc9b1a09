//! Each disclosure outside the archive reaches Kanta in one notice, with all its items.

use super::{Case, ReadExchange, Reading};
use crate::domain::Operation;
use crate::rule::{FindingCode, Findings};
use crate::wire::fhir::{BundleEntry, ResourceKind};

/// The disclosures recorded in a step reach Kanta: one notice each, with so many items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notices {
    /// The step.
    pub step: String,
    /// Number of items of each expected notice, in any order; empty where none is due.
    pub items: Vec<usize>,
    /// Whether Kanta was in trouble meanwhile: then a notice too few was lost and one too many doubled, and
    /// each counts whichever step of the scenario it arrived in.
    pub after_trouble: bool,
    /// The finding about a notice that is not due, where the scenario names one.
    pub undue: Option<FindingCode>,
}

const ORDINARY: [FindingCode; 5] = [
    FindingCode::NoticeMissing,
    FindingCode::NoticeSplit,
    FindingCode::NoticeNotDue,
    FindingCode::NoticeItemsDiffer,
    FindingCode::NoticeIdNotKept,
];
const TROUBLED: [FindingCode; 5] = [
    FindingCode::NoticeNotDelivered,
    FindingCode::NoticeStoredTwice,
    FindingCode::NoticeNotDue,
    FindingCode::NoticeItemsDiffer,
    FindingCode::NoticeIdNotKept,
];

impl Notices {
    /// What it can find: too few, too many, one where none is due, other items, no permanent id kept.
    pub fn codes(&self) -> [FindingCode; 5] {
        let [few, many, undue, items_differ, not_kept] = if self.after_trouble { TROUBLED } else { ORDINARY };
        [few, many, self.undue.unwrap_or(undue), items_differ, not_kept]
    }

    /// Another number of notices, or of their items, is a finding, and so is a lost permanent id.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let [few, many, undue, items_differ, not_kept] = self.codes();
        let mut seen: Vec<usize> =
            self.arrived(case).flat_map(|read| item_counts(&read.reading, read.exchange)).collect();
        let mut expected = self.items.clone();
        seen.sort_unstable();
        expected.sort_unstable();
        let (due, came) = (expected.len().to_string(), seen.len().to_string());
        if expected.is_empty() && !seen.is_empty() {
            out.add_for_step(undue, &self.step, due, came);
        } else if seen.len() < expected.len() {
            out.add_for_step(few, &self.step, due, came);
        } else if seen.len() > expected.len() {
            out.add_for_step(many, &self.step, due, came);
        } else if seen != expected {
            out.add_for_step(items_differ, &self.step, listed(&expected), listed(&seen));
        } else if !self.all_kept(case) {
            out.add_for_step(not_kept, &self.step, "notices[].permanent-id", "null");
        }
    }

    fn arrived<'a, 'c>(&'a self, case: &'a Case<'c>) -> impl Iterator<Item = &'a ReadExchange<'c>> {
        case.exchanges.iter().filter(|read| self.after_trouble || read.step == Some(self.step.as_str()))
    }

    /// Whether the result tells a permanent identifier of each. What was still waiting then has none yet.
    fn all_kept(&self, case: &Case<'_>) -> bool {
        let Some(action) = case.action(&self.step) else { return true };
        if self.after_trouble && !(action.action == "record-disclosures" && action.outcome == "succeeded") {
            return true;
        }
        let told = action.result.get("notices").and_then(serde_json::Value::as_array);
        let kept = told.map_or(0, |notices| {
            let permanent =
                |notice: &&serde_json::Value| notice.get("permanent-id").is_some_and(serde_json::Value::is_string);
            notices.iter().filter(permanent).count()
        });
        kept >= self.items.len()
    }
}

/// Items of every notice that Kanta stored with this exchange.
fn item_counts(reading: &Reading, exchange: &crate::evidence::Exchange) -> Vec<usize> {
    let Reading::Notice(reading) = reading else { return Vec::new() };
    if exchange.operation != Operation::StoreNotice || !exchange.accepted || exchange.repeated {
        return Vec::new();
    }
    let entries = reading.bundle().map(|bundle| bundle.entries.as_slice()).unwrap_or_default();
    entries.iter().filter(|entry| entry.kind == ResourceKind::AuditEvent).map(items).collect()
}

fn items(entry: &BundleEntry) -> usize {
    entry.entities.iter().filter(|entity| !entity.is_client).count()
}

fn listed(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}
