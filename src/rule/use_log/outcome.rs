//! An entry tells how the processing ended, as Kanta answered it.

use super::registry::place;
use super::{LogEntry, LogOutcome, UseLogCase};
use crate::evidence::Exchange;
use crate::rule::Findings;

const CODE: &str = "log-outcome-wrong";

pub(super) fn check(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    let calls = case.calls();
    for entry in case.entries() {
        let Some(outcome) = entry.outcome else {
            out.add(CODE, &place(&entry.at("/outcome")), "success, failure or refused", "none");
            continue;
        };
        // Where Kanta did its work and the answer was spoilt on purpose, the system cannot know it.
        let last = entry.call().and_then(|call| calls.get(call)?.last().copied());
        if let Some(last) = last.filter(|last| last.fault.is_none() || !last.accepted) {
            compare(entry, outcome, last, out);
        }
    }
}

fn compare(entry: &LogEntry, outcome: LogOutcome, exchange: &Exchange, out: &mut Findings<'_>) {
    let Some(answer) = &exchange.answer else { return };
    if (outcome == LogOutcome::Success) != exchange.accepted {
        let expected = if exchange.accepted { "success" } else { "refused or failure" };
        out.add(CODE, &place(&entry.at("/outcome")), expected, outcome.name());
    }
    let told = entry.kanta.as_ref().and_then(|kanta| kanta.http_status);
    if let Some(told) = told.map(|status| status.to_string()).filter(|told| !answer.start.starts_with(told.as_str())) {
        out.add(CODE, &place(&entry.at("/kanta/httpStatus")), answer.start.as_str(), told);
    }
}
