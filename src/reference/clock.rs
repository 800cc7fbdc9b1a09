//! The one reader of the wall clock in the reference system, and the spellings of time it needs.

use std::sync::{Mutex, PoisonError};

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// A clock that never runs backwards.
#[derive(Debug, Default)]
pub struct Clock(Mutex<Timestamp>);

impl Clock {
    /// The wall clock, or the latest time it has shown.
    pub fn now(&self) -> Timestamp {
        let mut latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *latest = Timestamp::now().max(*latest);
        *latest
    }
}

/// `time` in Finland.
pub fn local(time: Timestamp) -> Zoned {
    time.to_zoned(TimeZone::get("Europe/Helsinki").unwrap_or(TimeZone::UTC))
}

/// RFC 3339 in Finnish time with milliseconds: `2026-11-20T09:15:00.000+02:00`.
pub fn rfc3339(time: Timestamp) -> String {
    local(time).strftime("%Y-%m-%dT%H:%M:%S.%3f%:z").to_string()
}

/// RFC 3339 in Finnish time to the second.
pub fn rfc3339_seconds(time: Timestamp) -> String {
    local(time).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// `xs:dateTime` in UTC with milliseconds, the form seen in signatures.
pub fn utc(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::{Clock, rfc3339, utc};

    #[test]
    fn times_are_spelt_with_their_zone() {
        let winter = "2026-11-20T08:00:01.5Z".parse().expect("time");
        let summer = "2026-07-20T08:00:01Z".parse().expect("time");
        assert_eq!(rfc3339(winter), "2026-11-20T10:00:01.500+02:00");
        assert_eq!(rfc3339(summer), "2026-07-20T11:00:01.000+03:00");
        assert_eq!(utc(winter), "2026-11-20T08:00:01.500Z");
    }

    #[test]
    fn the_clock_never_runs_backwards() {
        let clock = Clock::default();
        let first = clock.now();
        assert!(clock.now() >= first && first.as_second() > 0);
    }
}
