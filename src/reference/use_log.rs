//! The use log (käyttöloki): who processed whose data, when and why. Entries are chained by hash.

use jiff::Timestamp;
use ring::digest;
use serde_json::{Value, json};

use super::canonical::canonical;
use super::faults::Fault;

const NO_PREVIOUS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The log. Only [`UseLog::amend`] changes an entry: that of a message whose fate was still open.
#[derive(Debug, Default)]
pub struct UseLog {
    entries: Vec<Logged>,
    /// How many entries from the start carry their right hash.
    chained: usize,
    /// How many entries from the start were given away.
    given: usize,
    /// What is wrong with numbers and hashes, if anything.
    fault: Option<Fault>,
}

#[derive(Debug)]
struct Logged {
    time: Timestamp,
    entry: Value,
}

impl UseLog {
    /// An empty log of a system with this fault.
    pub fn new(fault: Option<Fault>) -> Self {
        Self { fault, ..Self::default() }
    }

    /// Appends an entry and gives its place.
    pub fn append(&mut self, time: Timestamp, mut entry: Value) -> usize {
        let step = if self.fault == Some(Fault::LogNumbersSkip) { 2 } else { 1 };
        entry["sequence"] = json!(step * self.entries.len() + 1);
        self.entries.push(Logged { time, entry });
        self.entries.len() - 1
    }

    /// Changes the entry at `place`.
    pub fn amend(&mut self, place: usize, change: impl FnOnce(&mut Value)) {
        if let Some(logged) = self.entries.get_mut(place) {
            change(&mut logged.entry);
            self.chained = self.chained.min(place);
        }
    }

    /// Entries from one time to another, both included, of one client or of all.
    pub fn export(&mut self, from: Timestamp, until: Timestamp, client: Option<&str>) -> Vec<Value> {
        self.chain();
        let of_client = |entry: &Value| client.is_none_or(|client| entry["client"]["value"] == client);
        let asked = |logged: &&Logged| (from..=until).contains(&logged.time) && of_client(&logged.entry);
        self.entries.iter().filter(asked).map(|logged| logged.entry.clone()).collect()
    }

    /// Whose data the entry with this identifier is about.
    pub fn client_of(&self, event: &str) -> Option<String> {
        let logged = self.entries.iter().find(|logged| logged.entry["eventId"] == event)?;
        logged.entry["client"]["value"].as_str().map(str::to_owned)
    }

    /// Whether these entries follow one another, and each has the hash that it tells.
    pub fn is_chained(&self, entries: &[Value]) -> bool {
        let follow = |pair: &[Value]| pair[1]["integrity"]["previous"] == pair[0]["integrity"]["hash"];
        let is_right = |entry: &Value| entry["integrity"]["hash"] == own_hash(entry, self.fault);
        entries.windows(2).all(follow) && entries.iter().all(is_right)
    }

    /// The entries that were not given away yet.
    pub fn fresh(&mut self) -> Vec<Value> {
        self.chain();
        let given = std::mem::replace(&mut self.given, self.entries.len());
        self.entries[given..].iter().map(|logged| logged.entry.clone()).collect()
    }

    /// Takes back the last `count` entries, which could not be given away.
    pub fn keep(&mut self, count: usize) {
        self.given = self.given.saturating_sub(count);
    }

    /// Each hash is SHA-256 over the canonical JSON of the entry without its own hash.
    fn chain(&mut self) {
        let hash_of = |logged: &Logged| logged.entry["integrity"]["hash"].as_str().map(str::to_owned);
        let before = self.chained.checked_sub(1).and_then(|last| self.entries.get(last)).and_then(hash_of);
        let mut previous = before.unwrap_or_else(|| NO_PREVIOUS.to_owned());
        for logged in &mut self.entries[self.chained..] {
            logged.entry["integrity"] = json!({"algorithm": "SHA-256", "previous": previous});
            previous = own_hash(&logged.entry, self.fault);
            logged.entry["integrity"]["hash"] = json!(previous);
        }
        self.chained = self.entries.len();
    }
}

/// The hash over the entry without its own.
fn own_hash(entry: &Value, fault: Option<Fault>) -> String {
    let mut entry = entry.clone();
    if let Some(integrity) = entry["integrity"].as_object_mut() {
        integrity.shift_remove("hash");
    }
    let text = if fault == Some(Fault::LogHashNotCanonical) { entry.to_string() } else { canonical(&entry) };
    hex(&digest::digest(&digest::SHA256, text.as_bytes()))
}

fn hex(digest: &digest::Digest) -> String {
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::UseLog;

    fn log_of(clients: &[&str]) -> UseLog {
        let mut log = UseLog::default();
        for (at, client) in (0..).zip(clients) {
            log.append(Timestamp::from_second(at).expect("time"), json!({"client": {"value": client}}));
        }
        log
    }

    #[test]
    fn each_entry_names_the_hash_of_the_one_before() {
        let entries = log_of(&["a", "b", "c"]).export(Timestamp::MIN, Timestamp::MAX, None);
        assert_eq!(entries[0]["integrity"]["previous"], "0".repeat(64));
        for pair in entries.windows(2) {
            assert_eq!(pair[1]["integrity"]["previous"], pair[0]["integrity"]["hash"]);
        }
        assert_eq!(entries[2]["sequence"], 3);
    }

    #[test]
    fn an_amended_entry_changes_every_hash_from_there() {
        let mut log = log_of(&["a", "b", "c"]);
        let before = log.export(Timestamp::MIN, Timestamp::MAX, None);
        log.amend(1, |entry| entry["outcome"] = json!("success"));
        let after = log.export(Timestamp::MIN, Timestamp::MAX, None);
        let same = |at: usize| before[at]["integrity"]["hash"] == after[at]["integrity"]["hash"];
        assert_eq!([same(0), same(1), same(2)], [true, false, false]);
    }

    #[test]
    fn a_changed_or_missing_entry_breaks_the_chain() {
        let mut log = log_of(&["a", "b", "c"]);
        let entries = log.export(Timestamp::MIN, Timestamp::MAX, None);
        assert!(log.is_chained(&entries) && log.is_chained(&entries[1..]));
        let mut changed = entries.clone();
        changed[1]["client"]["value"] = json!("x");
        assert!(!log.is_chained(&changed));
        assert!(!log.is_chained(&[entries[0].clone(), entries[2].clone()]));
    }

    #[test]
    fn each_entry_is_given_away_once() {
        let mut log = log_of(&["a", "b"]);
        assert_eq!((log.fresh().len(), log.fresh().len()), (2, 0));
        log.append(Timestamp::UNIX_EPOCH, json!({}));
        assert_eq!(log.fresh()[0]["sequence"], 3);
        log.keep(1);
        assert_eq!(log.fresh()[0]["sequence"], 3);
    }

    #[test]
    fn an_export_keeps_to_client_and_period() {
        let mut log = log_of(&["a", "b", "a"]);
        let end = Timestamp::from_second(1).expect("time");
        assert_eq!(log.export(Timestamp::MIN, end, Some("a")).len(), 1);
        assert_eq!(log.export(Timestamp::MIN, Timestamp::MAX, Some("a")).len(), 2);
    }
}
