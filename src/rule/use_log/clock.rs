//! The clock of the log agrees with Kanta's.

use jiff::{SignedDuration, Timestamp};

use super::case::EntryCase;
use super::registry::place;
use crate::rule::Findings;

/// The time of an entry lies between the first arrival of its message and the last answer to it.
pub(super) fn check(case: &EntryCase<'_>, out: &mut Findings<'_>) {
    let (Some(call), Some(time)) = (case.call, case.entry.moment) else { return };
    let tolerance = SignedDuration::from_secs(case.rules.clock_tolerance_seconds);
    let earliest = moved(call.came, -tolerance);
    let latest = moved(call.answered, tolerance);
    if time < earliest || time > latest {
        let expected = format!("between {earliest} and {latest}");
        let actual = case.entry.time.as_deref().unwrap_or_default();
        out.add("log-clock-skewed", &place(&case.entry.at("/time")), expected, actual);
    }
}

fn moved(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.saturating_add(by).unwrap_or(time)
}
