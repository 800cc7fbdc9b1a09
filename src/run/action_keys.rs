//! The keys under which actions are asked for. They are opaque: nothing in one tells which scenario runs.

use jiff::Timestamp;
use ring::hmac;

/// How many bytes of the hash stand in a key.
const LENGTH: usize = 16;

/// Makes the keys of one run. They follow from its seed and its start, so that a system that remembers the keys of an
/// earlier run with the same seed does not take an action for one that is done.
pub(super) struct ActionKeys(hmac::Key);

impl ActionKeys {
    /// Those of the run with this seed that started then.
    pub fn new(seed: u64, started: Timestamp) -> Self {
        let secret = format!("{seed} {}", started.as_nanosecond());
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()))
    }

    /// The key of what `parts` name, 32 hexadecimal digits: the same each time, and another for other parts.
    pub fn key(&self, parts: &[&str]) -> String {
        let mut context = hmac::Context::with_key(&self.0);
        for part in parts {
            context.update(part.as_bytes());
            context.update(&[0]);
        }
        context.sign().as_ref().iter().take(LENGTH).map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::Timestamp;

    use super::ActionKeys;

    #[test]
    fn keys_are_stable_in_a_run_and_differ_by_step_scenario_seed_and_start() {
        let keys = |seed, second| ActionKeys::new(seed, Timestamp::from_second(second).expect("time"));
        let key = |seed, second, scenario: &str, step: &str| keys(seed, second).key(&[scenario, step]);
        assert_eq!(key(1, 1, "a", "b"), key(1, 1, "a", "b"));
        let all =
            [key(1, 1, "a", "b"), key(1, 1, "ab", ""), key(1, 1, "b", "a"), key(2, 1, "a", "b"), key(1, 2, "a", "b")];
        assert_eq!(BTreeSet::from(all).len(), 5);
    }
}
