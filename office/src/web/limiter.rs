//! Bounds how many requests a minute come from one place.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

const MINUTE: i64 = 60_000;
/// More places than this are not told apart within a minute.
const MOST: usize = 50_000;

/// Counts requests by place, minute by minute.
pub(super) struct Limiter {
    most: i64,
    counted: Mutex<(i64, HashMap<String, i64>)>,
}

impl Limiter {
    /// Allows `most` a minute.
    pub fn new(most: i64) -> Self {
        Self { most, counted: Mutex::new((0, HashMap::new())) }
    }

    /// Counts a request from `place`; whether it may go on.
    pub fn allows(&self, place: &str, now: i64) -> bool {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now / MINUTE;
        if counted.0 != minute {
            *counted = (minute, HashMap::new());
        }
        let key = if counted.1.len() < MOST || counted.1.contains_key(place) { place } else { "" };
        let count = counted.1.entry(key.to_owned()).or_default();
        *count += 1;
        *count <= self.most
    }
}

#[cfg(test)]
mod tests {
    use super::Limiter;

    #[test]
    fn each_place_has_its_own_minute() {
        let limiter = Limiter::new(2);
        assert_eq!([0, 0, 0].map(|now| limiter.allows("a", now)), [true, true, false]);
        assert!(limiter.allows("b", 0));
        assert!(limiter.allows("a", 60_000));
    }
}
