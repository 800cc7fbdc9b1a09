//! The clock of the log agrees with Kanta's: the time of an entry lies between the first arrival of its message and
//! the last answer to it.

use jiff::{SignedDuration, Timestamp};

use super::entry::{EntryCase, SingleEntry};
use super::place::in_log;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::LogClockSkewed;

pub(super) const RULE: Rule<SingleEntry> = Rule {
    id: "clock-skewed",
    requirement: "LOG-17",
    sentence: "The clock of the log agrees with Kanta's: the time of an entry lies between the first arrival of its \
               message and the last answer to it.",
    codes: &[CODE],
    judge,
};

fn judge(case: &EntryCase<'_>, findings: &mut Findings<'_>) {
    let (Some(call), Some(time)) = (case.call, case.entry.moment) else { return };
    let tolerance = SignedDuration::from_secs(case.rules.clock_tolerance_seconds);
    let earliest = moved(call.came, -tolerance);
    let latest = moved(call.answered, tolerance);
    if time < earliest || time > latest {
        let expected = said::between_and(earliest.to_string(), latest.to_string());
        let actual = case.entry.time.as_deref().unwrap_or_default();
        findings.add(CODE, &in_log(case.entry.at("/time")), expected, Said::value(actual));
    }
}

fn moved(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.saturating_add(by).unwrap_or(time)
}
