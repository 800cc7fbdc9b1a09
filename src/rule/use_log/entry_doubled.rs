//! Every exchange with Kanta has one entry and no second one.

use super::place::in_log;
use super::sequence::{EntryInOrder, OrderCase};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::LogEntryDoubled;

pub(super) const RULE: Rule<EntryInOrder> = Rule {
    id: "entry-doubled",
    requirement: "LOG-02",
    sentence: "Every exchange with Kanta has one entry and no second one.",
    codes: &[CODE],
    judge,
};

fn judge(case: &OrderCase<'_>, findings: &mut Findings<'_>) {
    if let Some(call) = &case.doubled {
        findings.add(CODE, &in_log(&case.entry.pointer), said::one_entry_for(call), said::another_one());
    }
}
