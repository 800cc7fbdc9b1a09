//! The file of the log can be read from its beginning to its end.

use super::form::{ElementForm, FormCase};
use super::place::in_log;
use crate::domain::Evidence;
use crate::rule::{FindingCode, Findings, Rule};

const CODE: FindingCode = FindingCode::LogFileDamaged;

pub(super) const RULE: Rule<ElementForm> = Rule {
    id: "file-damaged",
    requirement: "LOG-10",
    sentence: "The file of the log can be read from its beginning to its end.",
    codes: &[CODE],
    judge,
};

/// What is no JSON, no text or no row cannot be judged (RFC 8259, RFC 4180).
fn judge(case: &FormCase<'_>, findings: &mut Findings<'_>) {
    if let Some((expected, actual)) = &case.damage {
        findings.add_as(CODE, Evidence::Standard, &in_log(""), expected.clone(), actual.clone());
    }
}
