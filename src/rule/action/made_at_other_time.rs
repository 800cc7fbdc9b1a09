//! A message and its document were made when the action was: not long before, and not after they came.

use jiff::SignedDuration;

use super::asked::{ActionSubject, Asked};
use crate::domain::Hl7Time;
use crate::rule::expectation::ExchangeReading;
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::LocatedValue;
use crate::words::{Said, said};

pub(super) const RULE: Rule<ActionSubject> = Rule {
    id: "made-at-other-time",
    requirement: "STO-55",
    sentence: "A message and its document were made when the action was: not long before, and not after they came.",
    codes: &[FindingCode::MadeAtOtherTime],
    judge,
};

/// What an action makes is as old as the action. Documents of the time before the archive keep their own times.
fn judge(asked: &Asked<'_>, findings: &mut Findings<'_>) {
    let ExchangeReading::Archive(reading) = asked.reading else { return };
    let of_document = asked.stored().filter(|_| asked.action.action != "store-old-document");
    let document = of_document.map(|stored| stored.document);
    let times = [
        reading.frame().and_then(|frame| frame.creation_time.as_ref()),
        document.and_then(|document| document.effective_time.as_ref()),
        document.and_then(|document| document.header.as_ref()?.creation_time.as_ref()),
    ];
    times.into_iter().flatten().for_each(|time| judge_time(asked, time, findings));
}

/// A time without a clock time is right on its day and the days beside it, since nobody knows its zone.
fn judge_time(asked: &Asked<'_>, time: &LocatedValue<String>, findings: &mut Findings<'_>) {
    let Ok(told) = time.value.parse::<Hl7Time>() else { return };
    let near = SignedDuration::from_hours(asked.profile.near_times.hours.into());
    let received = asked.exchange.received;
    let is_near = match told.instant() {
        Some(instant) => instant.duration_since(received).abs() <= near,
        None => {
            let day = received.to_zoned(jiff::tz::TimeZone::UTC).date();
            told.date.duration_since(day).abs() <= SignedDuration::from_hours(24).saturating_add(near)
        }
    };
    if !is_near {
        let expected = said::within_hours_of(asked.profile.near_times.hours, Hl7Time::write(received));
        findings.add(FindingCode::MadeAtOtherTime, &time.spot, expected, Said::value(time.value.as_str()));
    }
}
