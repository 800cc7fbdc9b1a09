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

#[cfg(test)]
mod tests {
    #[test]
    fn shares_of_times_are_whole_ranks() {
        use super::{Duration, milliseconds, share};

        let times: Vec<Duration> = (1..=200).map(Duration::from_millis).collect();
        let parts = [0.5, 0.99].map(|part| milliseconds(share(&times, part)));
        assert_eq!(parts.map(|part| part as u64), [100, 198]);
        assert_eq!(share(&[], 0.5), Duration::ZERO);
    }
}
