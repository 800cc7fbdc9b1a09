//! The time of an entry carries its zone, and times never run backwards.

use jiff::Timestamp;

use super::LogEntry;
use super::case::EntryCase;
use super::registry::place;
use crate::rule::Findings;

const CODE: &str = "log-time-wrong";

pub(super) fn check(case: &EntryCase<'_>, out: &mut Findings<'_>) {
    let entry = case.entry;
    if entry.moment.is_none() {
        let actual = entry.time.as_deref().unwrap_or("none");
        out.add(CODE, &place(&entry.at("/time")), "a time with its zone", actual);
    }
}

/// The latest time so far.
#[derive(Debug, Default)]
pub(super) struct Order(Option<Timestamp>);

impl Order {
    /// Judges the time of the next entry of the log.
    pub fn check(&mut self, entry: &LogEntry<'_>, out: &mut Findings<'_>) {
        match (self.0, entry.moment) {
            (Some(before), Some(now)) if now < before => {
                let expected = format!("not before {before}, the time of an entry before it");
                out.add(CODE, &place(&entry.at("/time")), expected, entry.time.as_deref().unwrap_or_default());
            }
            (_, now) => self.0 = now.or(self.0),
        }
    }
}
