//! Seconds of the Unix epoch for times as messages write them.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::domain::Hl7Time;

/// The first second of what `text` names: a moment, or a day, month or year in Finland.
pub fn first_second(text: &str) -> Option<i64> {
    let time: Hl7Time = text.parse().ok()?;
    second(&time, DateTime::from_parts(time.date, time.time.unwrap_or(Time::midnight())))
}

/// The last second of what `text` names, as exactly as it names it: `202611` ends with November.
pub fn last_second(text: &str) -> Option<i64> {
    let time: Hl7Time = text.parse().ok()?;
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let date = match digits {
        4 => Date::new(time.date.year(), 12, 31).ok()?,
        6 => time.date.last_of_month(),
        _ => time.date,
    };
    let begun = time.time.unwrap_or(Time::midnight());
    let (hour, minute, second_of_minute) = match digits {
        0..=8 => (23, 59, 59),
        9..=10 => (begun.hour(), 59, 59),
        11..=12 => (begun.hour(), begun.minute(), 59),
        _ => (begun.hour(), begun.minute(), begun.second()),
    };
    second(&time, DateTime::from_parts(date, Time::new(hour, minute, second_of_minute, 0).ok()?))
}

fn second(time: &Hl7Time, local: DateTime) -> Option<i64> {
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

    #[test]
    fn what_is_named_less_exactly_lasts_longer() {
        assert_eq!(last_second("2026"), last_second("20261231"));
        assert_eq!(last_second("202602"), last_second("20260228"));
        assert_eq!(last_second("2026022810"), last_second("20260228105959"));
        assert_eq!(last_second("202602281030"), last_second("20260228103059"));
        assert_eq!(first_second("202602"), first_second("20260201"));
    }
}
