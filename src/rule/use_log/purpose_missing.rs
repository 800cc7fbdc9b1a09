//! An entry tells why the data were processed.

use super::entry::{EntryCase, SingleEntry};
use super::place::in_log;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::LogPurposeMissing;

pub(super) const RULE: Rule<SingleEntry> = Rule {
    id: "purpose-missing",
    requirement: "LOG-03",
    sentence: "An entry tells why the data were processed.",
    codes: &[CODE],
    judge,
};

fn judge(case: &EntryCase<'_>, findings: &mut Findings<'_>) {
    if case.entry.purpose.is_none() {
        findings.add(CODE, &in_log(case.entry.at("/purpose")), said::a_purpose_or_ground(), said::none());
    }
}
