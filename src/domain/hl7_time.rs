//! Points in time as HL7 v3 writes them (`TS`): `YYYYMMDDhhmmss.ssss±hhmm`, cut anywhere from the right.

use std::str::FromStr;

/// A time as written: date, optional time of day, optional offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hl7Time {
    /// The day; month and day are 1 where the text does not give them.
    pub date: jiff::civil::Date,
    /// Time of day to the second, where given.
    pub time: Option<jiff::civil::Time>,
    /// Offset from UTC, where given.
    pub offset: Option<jiff::tz::Offset>,
}

/// Why a text is no HL7 time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Hl7TimeError {
    /// Wrong characters or length.
    #[error("not of the form YYYYMMDDhhmmss±hhmm")]
    Form,
    /// A month, day, hour, minute, second or offset out of range.
    #[error("no such moment in the calendar")]
    Range,
}

impl Hl7Time {
    /// The instant, when both time of day and offset are given.
    pub fn instant(&self) -> Option<jiff::Timestamp> {
        self.offset?.to_timestamp(self.date.to_datetime(self.time?)).ok()
    }

    /// `time` in Finnish local time with offset, to the second.
    pub fn write(time: jiff::Timestamp) -> String {
        let zone = jiff::tz::TimeZone::get("Europe/Helsinki").unwrap_or(jiff::tz::TimeZone::UTC);
        time.to_zoned(zone).strftime("%Y%m%d%H%M%S%z").to_string()
    }
}

impl FromStr for Hl7Time {
    type Err = Hl7TimeError;

    fn from_str(text: &str) -> Result<Self, Hl7TimeError> {
        let (moment, offset) = match text.find(['+', '-']) {
            Some(at) => (&text[..at], Some(offset_of(&text[at..])?)),
            None => (text, None),
        };
        let (whole, fraction) = moment.split_once('.').unwrap_or((moment, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || !matches!(whole.len(), 4 | 6 | 8 | 10 | 12 | 14) {
            return Err(Hl7TimeError::Form);
        }
        let part =
            |from: usize, missing: i8| whole.get(from..from + 2).and_then(|text| text.parse().ok()).unwrap_or(missing);
        let year = whole[..4].parse().map_err(|_| Hl7TimeError::Form)?;
        let date = jiff::civil::Date::new(year, part(4, 1), part(6, 1)).map_err(|_| Hl7TimeError::Range)?;
        let clock = || jiff::civil::Time::new(part(8, 0), part(10, 0), part(12, 0), 0).map_err(|_| Hl7TimeError::Range);
        let time = if whole.len() > 8 { Some(clock()?) } else { None };
        Ok(Self { date, time, offset })
    }
}

/// Of one to four digits (datatypes-base.xsd of CDA R2): hours alone, or hours and minutes.
fn offset_of(text: &str) -> Result<jiff::tz::Offset, Hl7TimeError> {
    let digits = &text[1..];
    if !matches!(digits.len(), 1..=4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Hl7TimeError::Form);
    }
    let digits = if digits.len() == 1 { format!("0{digits}00") } else { format!("{digits:0<4}") };
    let number = |range: std::ops::Range<usize>| digits[range].parse::<i32>().map_err(|_| Hl7TimeError::Form);
    let (hours, minutes) = (number(0..2)?, number(2..4)?);
    if hours > 18 || minutes > 59 {
        return Err(Hl7TimeError::Range);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    jiff::tz::Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).map_err(|_| Hl7TimeError::Range)
}

#[cfg(test)]
mod tests {
    use super::{Hl7Time, Hl7TimeError};

    #[test]
    fn reads_what_messages_hold() {
        let full: Hl7Time = "20261120100005+0200".parse().expect("full");
        assert_eq!(full.instant().map(|instant| instant.to_string()).as_deref(), Some("2026-11-20T08:00:05Z"));
        let day: Hl7Time = "19750615".parse().expect("day");
        assert_eq!((day.date, day.time, day.instant()), (jiff::civil::date(1975, 6, 15), None, None));
        for hours in ["+2", "+02", "+020", "+0200"] {
            let short: Hl7Time = format!("20261120100005{hours}").parse().expect(hours);
            assert_eq!(short.instant(), full.instant(), "{hours}");
        }
        let half: Hl7Time = "202611201000-0330".parse().expect("half");
        assert_eq!(half.instant().map(|instant| instant.to_string()).as_deref(), Some("2026-11-20T13:30:00Z"));
        for wrong in ["20261120100005+", "20261120100005+02000", "20261120100005+0a"] {
            assert_eq!(wrong.parse::<Hl7Time>(), Err(Hl7TimeError::Form), "{wrong}");
        }
        assert_eq!("2026112".parse::<Hl7Time>(), Err(Hl7TimeError::Form));
        assert_eq!("20261320".parse::<Hl7Time>(), Err(Hl7TimeError::Range));
        assert_eq!("20261120100005+9900".parse::<Hl7Time>(), Err(Hl7TimeError::Range));
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_reads_back(seconds in 0_i64..4_000_000_000) {
            let time = jiff::Timestamp::from_second(seconds).expect("time");
            let read: Hl7Time = Hl7Time::write(time).parse().expect("read");
            proptest::prop_assert_eq!(read.instant(), Some(time));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,24}") {
            let _ = text.parse::<Hl7Time>();
        }
    }
}
