//! The log is a list of entries whose members have the types of the canonical form.

use super::form::{ElementForm, FormCase};
use super::place::in_log;
use crate::domain::Evidence;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::Said;

const CODE: FindingCode = FindingCode::LogUnreadable;

pub(super) const RULE: Rule<ElementForm> = Rule {
    id: "unreadable",
    requirement: "DRV-01",
    sentence: "The log is a list of entries whose members have the types of the canonical form.",
    codes: &[CODE],
    judge,
};

/// What is of another type cannot be judged.
fn judge(case: &FormCase<'_>, findings: &mut Findings<'_>) {
    for fault in case.faults {
        findings.add_as(
            CODE,
            Evidence::Standard,
            &in_log(&fault.pointer),
            fault.expected.clone(),
            Said::value(&fault.actual),
        );
    }
}
