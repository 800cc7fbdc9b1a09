//! An entry tells how the processing ended, as Kanta answered it.

use super::entry::{EntryCase, SingleEntry};
use super::place::in_log;
use crate::reading::{Call, LogEntry, LogOutcome};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::LogOutcomeWrong;

pub(super) const RULE: Rule<SingleEntry> = Rule {
    id: "outcome-wrong",
    requirement: "LOG-04",
    sentence: "An entry tells how the processing ended, as Kanta answered it.",
    codes: &[CODE],
    judge,
};

fn judge(case: &EntryCase<'_>, findings: &mut Findings<'_>) {
    let Some(outcome) = case.entry.outcome else {
        let expected = said::success_failure_or_refused();
        return findings.add(CODE, &in_log(case.entry.at("/outcome")), expected, said::none());
    };
    if let Some(call) = case.call.filter(|call| !call.spoilt) {
        compare(case.entry, outcome, call, findings);
    }
}

fn compare(entry: &LogEntry<'_>, outcome: LogOutcome, call: &Call, findings: &mut Findings<'_>) {
    let Some(status) = call.status else { return };
    if (outcome == LogOutcome::Success) != call.accepted {
        let expected = if call.accepted { said::success() } else { said::refused_or_failure() };
        findings.add(CODE, &in_log(entry.at("/outcome")), expected, Said::value(outcome.name()));
    }
    let told = entry.kanta.as_ref().and_then(|kanta| kanta.http_status);
    if let Some(told) = told.filter(|told| *told != i64::from(status)) {
        findings.add(
            CODE,
            &in_log(entry.at("/kanta/httpStatus")),
            Said::value(status.to_string()),
            Said::value(told.to_string()),
        );
    }
}
