//! Shares of measured times.

use std::time::Duration;

/// The time within which this part of the answers came, `times` being sorted; nothing without any.
pub fn share(times: &[Duration], part: f64) -> Duration {
    let place = (times.len() as f64 * part).ceil() as usize;
    times.get(place.saturating_sub(1)).copied().unwrap_or_default()
}

/// In milliseconds.
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
