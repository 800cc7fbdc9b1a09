//! The one place that reads the wall clock. In a rehearsal the clock is moved by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The office's clock: the machine's, moved forward by as much as a rehearsal wants.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Set in tests only: the time stands still at this millisecond.
    standing: Option<Arc<AtomicI64>>,
    /// Milliseconds added to the machine's time.
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that stands at `at` until it is moved.
    pub fn standing(at: Timestamp) -> Self {
        Self { standing: Some(Arc::new(AtomicI64::new(at.as_millisecond()))), ahead: Arc::default() }
    }

    /// Milliseconds since 1970-01-01 UTC.
    pub fn now(&self) -> i64 {
        let base = self
            .standing
            .as_ref()
            .map_or_else(|| Timestamp::now().as_millisecond(), |standing| standing.load(Ordering::Relaxed));
        base.saturating_add(self.ahead.load(Ordering::Relaxed))
    }

    /// Today's date in Finland.
    pub fn today(&self) -> Date {
        finnish_date(self.now())
    }

    /// Moves the clock so many milliseconds ahead of the machine's, in all.
    pub fn set_ahead(&self, milliseconds: i64) {
        self.ahead.store(milliseconds, Ordering::Relaxed);
    }
}

/// The date in Finland at `at` milliseconds since 1970-01-01 UTC.
pub fn finnish_date(at: i64) -> Date {
    finnish(at).date()
}

/// Date and time in Finland as `2026-11-30 09:05:07`.
pub fn finnish_time(at: i64) -> String {
    finnish(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

fn finnish(at: i64) -> jiff::Zoned {
    let zone = TimeZone::get("Europe/Helsinki").unwrap_or(TimeZone::UTC);
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone)
}

#[cfg(test)]
mod tests {
    use super::{Clock, finnish_time};

    #[test]
    fn days_are_those_of_finland() {
        let clock = Clock::standing("2026-11-30T22:30:00Z".parse().expect("time"));
        assert_eq!(clock.today().to_string(), "2026-12-01");
        clock.set_ahead(86_400_000);
        assert_eq!(clock.today().to_string(), "2026-12-02");
        assert_eq!(finnish_time(clock.now()), "2026-12-02 00:30:00");
    }
}
