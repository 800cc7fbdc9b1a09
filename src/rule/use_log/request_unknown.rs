//! An entry names only requests that Kanta saw.

use super::entry::{EntryCase, SingleEntry};
use super::place::in_log;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::LogRequestUnknown;

pub(super) const RULE: Rule<SingleEntry> = Rule {
    id: "request-unknown",
    requirement: "LOG-02",
    sentence: "An entry names only requests that Kanta saw.",
    codes: &[CODE],
    judge,
};

fn judge(case: &EntryCase<'_>, findings: &mut Findings<'_>) {
    if case.is_call_unknown {
        let id = case.entry.call().unwrap_or_default();
        findings.add(CODE, &in_log(case.entry.at("/kanta")), said::a_message_that_kanta_got(), Said::value(id));
    }
}
