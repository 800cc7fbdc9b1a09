//! The entries of a log have running numbers.

use super::place::in_log;
use super::sequence::{EntryInOrder, OrderCase};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::Said;

const CODE: FindingCode = FindingCode::LogSequenceBroken;

pub(super) const RULE: Rule<EntryInOrder> = Rule {
    id: "sequence-broken",
    requirement: "LOG-09",
    sentence: "The entries of a log have running numbers.",
    codes: &[CODE],
    judge,
};

fn judge(case: &OrderCase<'_>, findings: &mut Findings<'_>) {
    if let (Some(expected), Some(number)) = (case.expected_number(), case.entry.sequence)
        && number != expected
    {
        findings.add(
            CODE,
            &in_log(case.entry.at("/sequence")),
            Said::value(expected.to_string()),
            Said::value(number.to_string()),
        );
    }
}
