//! The entry of a request to the log service keeps the identifier by which the answer named the request.

use super::case::EntryCase;
use super::registry::place;
use crate::rule::Findings;

pub(super) fn check(case: &EntryCase<'_>, out: &mut Findings<'_>) {
    let Some(call) = case.call.filter(|call| !call.spoilt) else { return };
    let Some(expected) = call.correlation.as_deref() else { return };
    let told = case.entry.kanta.as_ref().and_then(|kanta| kanta.correlation.as_deref());
    if told != Some(expected) {
        let spot = place(&case.entry.at("/kanta/correlationId"));
        out.add("log-correlation-missing", &spot, expected, told.unwrap_or("none"));
    }
}
