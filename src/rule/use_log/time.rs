//! The time of an entry carries its zone, and times never run backwards.

use jiff::Timestamp;

use super::registry::place;
use super::{LogEntry, UseLogCase};
use crate::rule::Findings;

const CODE: &str = "log-time-wrong";

pub(super) fn check(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    let mut entries: Vec<&LogEntry> = case.entries().collect();
    if entries.iter().all(|entry| entry.sequence.is_some()) {
        entries.sort_by_key(|entry| entry.sequence);
    }
    let mut latest: Option<Timestamp> = None;
    for entry in entries {
        let spot = place(&entry.at("/time"));
        let Some(time) = entry.time.as_deref() else {
            out.add(CODE, &spot, "a time with its zone", "none");
            continue;
        };
        match (time.parse::<Timestamp>(), latest) {
            (Err(_), _) => out.add(CODE, &spot, "a time with its zone", time),
            (Ok(now), Some(before)) if now < before => {
                out.add(CODE, &spot, format!("not before {before}, the time of the entry before it"), time);
            }
            (Ok(now), _) => latest = Some(now),
        }
    }
}
