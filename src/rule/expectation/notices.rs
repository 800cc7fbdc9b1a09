//! Each disclosure outside the archive reaches Kanta in one notice, with all its items.

use super::{ExchangeReading, ExpectationKind, Expected, Member, MemberReader, ReadExchange, ScenarioEvidence};
use crate::domain::Operation;
use crate::rule::{FindingCode, Findings};
use crate::wire::fhir::{BundleEntry, ResourceKind};
use crate::words::Said;

/// What `see = "notices"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "notices",
    sentence: "one notice a disclosure arrives, with so many items",
    members: &[ITEMS.description, DELIVERED.description, UNDUE.description],
    codes: &[
        FindingCode::NoticeMissing,
        FindingCode::NoticeSplit,
        FindingCode::NoticeNotDue,
        FindingCode::NoticeItemsDiffer,
        FindingCode::NoticeIdNotKept,
        FindingCode::NoticeNotDelivered,
        FindingCode::NoticeStoredTwice,
    ],
    read: read_members,
};

const ITEMS: Member<Vec<usize>> =
    Member::numbers("items", "the number of items of each notice; empty where none is due");
const DELIVERED: Member<bool> =
    Member::flag("delivered", "after a fault: notices count in whichever step they arrive").optional();
const UNDUE: Member<FindingCode> =
    Member::finding("where none is due: the finding about one; `notice-not-due` where nothing is said").optional();

/// The disclosures recorded in a step reach Kanta: one notice each, with so many items.
#[derive(Debug)]
struct Notices {
    /// Number of items of each expected notice, in any order; empty where none is due.
    items: Vec<usize>,
    /// Whether Kanta was in trouble meanwhile: then a notice too few was lost and one too many doubled, and
    /// each counts whichever step of the scenario it arrived in.
    after_trouble: bool,
    /// The finding about a notice that is not due, where the scenario names one.
    undue: Option<FindingCode>,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    let (items, undue) = (members.get(&ITEMS)?, members.get(&UNDUE));
    if undue.is_some() && !items.is_empty() {
        members.mistake(&UNDUE, "only a notice that is not due has a finding of its own", "remove it");
        return None;
    }
    Some(Box::new(Notices { items, after_trouble: members.get(&DELIVERED).unwrap_or(false), undue }))
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

impl Expected for Notices {
    fn codes(&self) -> Vec<FindingCode> {
        self.own_codes().to_vec()
    }

    fn proves(&self) -> Vec<Operation> {
        if self.items.is_empty() { Vec::new() } else { vec![Operation::StoreNotice] }
    }

    fn rests_on(&self) -> Option<Operation> {
        self.items.is_empty().then_some(Operation::StoreNotice)
    }

    /// Another number of notices, or of their items, is a finding, and so is a lost permanent id.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let [few, many, undue, items_differ, not_kept] = self.own_codes();
        let mut seen: Vec<usize> =
            self.arrived(step, evidence).flat_map(|read| item_counts(&read.reading, read.exchange)).collect();
        let mut expected = self.items.clone();
        seen.sort_unstable();
        expected.sort_unstable();
        let (due, came) = (expected.len().to_string(), seen.len().to_string());
        if expected.is_empty() && !seen.is_empty() {
            out.add_for_step(undue, step, Said::value(due), Said::value(came));
        } else if seen.len() < expected.len() {
            out.add_for_step(few, step, Said::value(due), Said::value(came));
        } else if seen.len() > expected.len() {
            out.add_for_step(many, step, Said::value(due), Said::value(came));
        } else if seen != expected {
            out.add_for_step(items_differ, step, Said::value(listed(&expected)), Said::value(listed(&seen)));
        } else if !self.all_kept(step, evidence) {
            out.add_for_step(not_kept, step, Said::value("notices[].permanent-id"), Said::value("null"));
        }
    }
}

impl Notices {
    /// What it can find: too few, too many, one where none is due, other items, no permanent id kept.
    fn own_codes(&self) -> [FindingCode; 5] {
        let [few, many, undue, items_differ, not_kept] = if self.after_trouble { TROUBLED } else { ORDINARY };
        [few, many, self.undue.unwrap_or(undue), items_differ, not_kept]
    }

    fn arrived<'a, 'c>(
        &'a self,
        step: &'a str,
        evidence: &'a ScenarioEvidence<'c>,
    ) -> impl Iterator<Item = &'a ReadExchange<'c>> {
        evidence.exchanges.iter().filter(|read| self.after_trouble || read.step == Some(step))
    }

    /// Whether the result tells a permanent identifier of each. What was still waiting then has none yet.
    fn all_kept(&self, step: &str, evidence: &ScenarioEvidence<'_>) -> bool {
        let Some(action) = evidence.action(step) else { return true };
        if self.after_trouble && !(action.action == "record-disclosures" && action.has_succeeded()) {
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
fn item_counts(reading: &ExchangeReading, exchange: &crate::evidence::Exchange) -> Vec<usize> {
    let ExchangeReading::Notice(reading) = reading else { return Vec::new() };
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
