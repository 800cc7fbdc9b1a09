//! The clock of the log agrees with Kanta's.

use jiff::{SignedDuration, Timestamp};

use super::case::EntryCase;
use super::registry::place;
use crate::rule::Findings;

/// How far the clocks may differ, beside the time that the message took. Our own reading.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(60);

/// The time of an entry lies between the first arrival of its message and the last answer to it.
pub(super) fn check(case: &EntryCase<'_>, out: &mut Findings<'_>) {
    let (Some(call), Some(time)) = (case.call, case.entry.moment) else { return };
    let earliest = moved(call.came, -TOLERANCE);
    let latest = moved(call.answered, TOLERANCE);
    if time < earliest || time > latest {
        let expected = format!("between {earliest} and {latest}");
        let actual = case.entry.time.as_deref().unwrap_or_default();
        out.add("log-clock-skewed", &place(&case.entry.at("/time")), expected, actual);
    }
}

fn moved(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.saturating_add(by).unwrap_or(time)
}
