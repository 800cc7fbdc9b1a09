//! The entries of a file are all there, in order and unchanged: running numbers, times and the chain of
//! hashes.

use jiff::Timestamp;
use serde_json::Value;

use super::registry::place;
use super::{LogEntry, UseLog};
use crate::rule::Findings;
use crate::rule::archive::digest;
use crate::wire::json::canonical_without;

const BROKEN: &str = "log-chain-broken";
/// The only algorithm whose hashes can be made again.
const ALGORITHM: &str = "SHA-256";

/// What the entries so far leave for the next one.
#[derive(Debug, Default)]
pub(super) struct Chain {
    sequence: Option<i64>,
    hash: Option<String>,
    latest: Option<Timestamp>,
    /// Whether any entry carried a hash that was made again.
    pub is_judged: bool,
    /// An algorithm that is not known, where one was named.
    pub unknown: Option<String>,
}

impl Chain {
    /// Judges the only entry of `log` against what came before it.
    pub fn check(&mut self, log: &mut UseLog, out: &mut Findings<'_>) {
        let Some(entry) = log.entries.first() else { return };
        self.time(entry, out);
        let follows = self.sequence(entry, out);
        self.integrity(&mut log.json, follows, out);
    }

    /// Forgets number and hash of the entry before: it cannot be read, which is told already.
    pub fn interrupt(&mut self) {
        (self.sequence, self.hash) = (None, None);
    }

    fn time(&mut self, entry: &LogEntry, out: &mut Findings<'_>) {
        let Some(now) = entry.time.as_deref().and_then(|time| time.parse::<Timestamp>().ok()) else { return };
        match self.latest {
            Some(before) if now < before => {
                let expected = format!("not before {before}, the time of an entry before it");
                out.add("log-time-wrong", &place("/time"), expected, now.to_string());
            }
            _ => self.latest = Some(now),
        }
    }

    /// Whether the entry comes right after the one before, as far as numbers tell.
    fn sequence(&mut self, entry: &LogEntry, out: &mut Findings<'_>) -> bool {
        let before = std::mem::replace(&mut self.sequence, entry.sequence);
        let (Some(before), Some(now)) = (before, entry.sequence) else { return true };
        let expected = before.saturating_add(1);
        if now != expected {
            out.add("log-sequence-broken", &place("/sequence"), expected.to_string(), now.to_string());
        }
        now == expected
    }

    fn integrity(&mut self, json: &mut Value, follows: bool, out: &mut Findings<'_>) {
        let told = |name: &str, json: &Value| json["integrity"][name].as_str().map(str::to_ascii_lowercase);
        let before = self.hash.take();
        let Some(algorithm) = json["integrity"]["algorithm"].as_str().map(str::to_owned) else {
            if before.is_some() {
                out.add(BROKEN, &place("/integrity"), "hashes, as the entry before has them", "none");
            }
            return;
        };
        if algorithm != ALGORITHM {
            self.unknown = Some(algorithm);
            return;
        }
        self.is_judged = true;
        let (previous, hash) = (told("previous", json), told("hash", json));
        if let Some(before) = before.filter(|before| follows && previous.as_ref() != Some(before)) {
            let actual = previous.unwrap_or_else(|| "none".to_owned());
            out.add(BROKEN, &place("/integrity/previous"), format!("{before}, the hash of the entry before"), actual);
        }
        let made = hash_of(json);
        if hash != made {
            let expected = format!("{}, the hash of this entry", made.unwrap_or_default());
            out.add(BROKEN, &place("/integrity/hash"), expected, hash.as_deref().unwrap_or("none"));
        }
        self.hash = hash;
    }
}

/// SHA-256 of the canonical JSON of the entry without its own hash, which is taken out of it.
fn hash_of(json: &mut Value) -> Option<String> {
    json.get_mut("integrity")?.as_object_mut()?.shift_remove("hash");
    Some(digest(&canonical_without(json.as_object()?, "").ok()?))
}
