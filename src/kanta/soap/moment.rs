//! Seconds of the Unix epoch for times as messages write them.

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;

use crate::domain::Hl7Time;

/// The first second of what `text` names: a moment, or a day in Finland.
pub(super) fn first_second(text: &str) -> Option<i64> {
    second(&text.parse().ok()?, Time::midnight())
}

/// The last second of what `text` names.
pub(super) fn last_second(text: &str) -> Option<i64> {
    second(&text.parse().ok()?, Time::constant(23, 59, 59, 0))
}

fn second(time: &Hl7Time, of_day: Time) -> Option<i64> {
    let local = DateTime::from_parts(time.date, time.time.unwrap_or(of_day));
    let instant = match time.offset {
        Some(offset) => offset.to_timestamp(local).ok()?,
        None => local.to_zoned(TimeZone::get("Europe/Helsinki").ok()?).ok()?.timestamp(),
    };
    Some(instant.as_second())
}

#[cfg(test)]
mod tests {
    use super::{first_second, last_second};

    #[test]
    fn a_day_has_a_first_and_a_last_second_in_finland() {
        // 2026-01-01 in Finland begins at 22:00 UTC of the day before.
        assert_eq!(first_second("20260101"), Some(1_767_218_400));
        assert_eq!(last_second("20260101"), Some(1_767_218_400 + 24 * 60 * 60 - 1));
        assert_eq!(first_second("20260101000000+0200"), first_second("20260101"));
        assert_eq!(last_second("20260101000000+0200"), first_second("20260101"));
        assert_eq!(first_second("1.1.2026"), None);
    }
}
