//! The entry of a request to the log service keeps the identifier by which the answer named the request.

use super::entry::{EntryCase, SingleEntry};
use super::place::in_log;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::LogCorrelationMissing;

pub(super) const RULE: Rule<SingleEntry> = Rule {
    id: "correlation-missing",
    requirement: "LOG-19",
    sentence: "The entry of a request to the log service keeps the identifier by which the answer named the \
               request.",
    codes: &[CODE],
    judge,
};

fn judge(case: &EntryCase<'_>, findings: &mut Findings<'_>) {
    let Some(call) = case.call.filter(|call| !call.spoilt) else { return };
    let Some(expected) = call.correlation.as_deref() else { return };
    let told = case.entry.kanta.as_ref().and_then(|kanta| kanta.correlation.as_deref());
    if told != Some(expected) {
        let spot = in_log(case.entry.at("/kanta/correlationId"));
        findings.add(CODE, &spot, Said::value(expected), Said::value_or(told, said::none()));
    }
}
