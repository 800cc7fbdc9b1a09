//! The Finnish calendar of business days.

use jiff::civil::{Date, Weekday, date};
use jiff::{Span, ToSpan};

/// Whether offices work on `day`. Saturdays and Sundays, the holidays of the law, and the eves of midsummer and
/// Christmas, on which offices are closed by custom, are none.
pub fn is_business_day(day: Date) -> bool {
    let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let fixed = matches!((day.month(), day.day()), (1, 1 | 6) | (5, 1) | (12, 6 | 24..=26));
    // Midsummer's eve is the Friday between the 19th and the 25th of June.
    let midsummer = day.month() == 6 && (19..=25).contains(&day.day()) && day.weekday() == Weekday::Friday;
    let easter = easter(day.year());
    let moving = [-2, 1, 39].map(|days: i64| easter.saturating_add(Span::new().days(days)));
    !(is_weekend || fixed || midsummer || moving.contains(&day))
}

/// The day that is so many business days after `day`.
pub fn add_business_days(day: Date, count: u32) -> Date {
    let (mut day, mut left) = (day, count);
    while left > 0 {
        day = day.saturating_add(1.days());
        left -= u32::from(is_business_day(day));
    }
    day
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).
fn easter(year: i16) -> Date {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let (month, day) = ((h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
    let small = |number: i32| i8::try_from(number).unwrap_or(1);
    let year = i16::try_from(year).unwrap_or(1);
    Date::new(year, small(month), small(day)).unwrap_or(date(1, 1, 1))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{add_business_days, easter, is_business_day};

    #[test]
    fn easter_is_where_the_almanac_has_it() {
        for (year, month, day) in [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)] {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn holidays_are_no_business_days() {
        let holidays = [
            "2026-01-01",
            "2026-01-06",
            "2026-04-03",
            "2026-04-06",
            "2026-05-01",
            "2026-05-14",
            "2026-06-19",
            "2026-06-20",
            "2027-12-06",
            "2026-12-24",
            "2026-12-25",
            "2026-12-26",
            "2026-11-28",
        ];
        for day in holidays {
            assert!(!is_business_day(day.parse::<Date>().expect("a date")), "{day}");
        }
        for day in ["2026-01-02", "2026-04-02", "2026-04-07", "2026-06-18", "2026-06-22", "2026-12-07", "2026-11-30"] {
            assert!(is_business_day(day.parse::<Date>().expect("a date")), "{day}");
        }
    }

    #[test]
    fn days_are_counted_over_holidays() {
        for (day, count, expected) in [
            ("2026-04-02", 2, "2026-04-08"),
            ("2026-06-17", 2, "2026-06-22"),
            ("2027-12-03", 2, "2027-12-08"),
            ("2026-11-30", 0, "2026-11-30"),
        ] {
            assert_eq!(add_business_days(day.parse().expect("a date"), count).to_string(), expected, "{day}");
        }
    }
}
