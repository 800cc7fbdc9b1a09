//! An entry tells how the processing ended, as Kanta answered it.

use super::case::EntryCase;
use super::registry::place;
use super::{Call, LogEntry, LogOutcome};
use crate::rule::Findings;

const CODE: &str = "log-outcome-wrong";

pub(super) fn check(case: &EntryCase<'_>, out: &mut Findings<'_>) {
    let Some(outcome) = case.entry.outcome else {
        return out.add(CODE, &place(&case.entry.at("/outcome")), "success, failure or refused", "none");
    };
    if let Some(call) = case.call.filter(|call| !call.spoilt) {
        compare(case.entry, outcome, call, out);
    }
}

fn compare(entry: &LogEntry<'_>, outcome: LogOutcome, call: &Call, out: &mut Findings<'_>) {
    let Some(status) = call.status else { return };
    if (outcome == LogOutcome::Success) != call.accepted {
        let expected = if call.accepted { "success" } else { "refused or failure" };
        out.add(CODE, &place(&entry.at("/outcome")), expected, outcome.name());
    }
    let told = entry.kanta.as_ref().and_then(|kanta| kanta.http_status);
    if let Some(told) = told.filter(|told| *told != i64::from(status)) {
        out.add(CODE, &place(&entry.at("/kanta/httpStatus")), status.to_string(), told.to_string());
    }
}
