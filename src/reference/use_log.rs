//! The use log (käyttöloki): who processed whose data, when and why. Entries are chained by hash.

use jiff::Timestamp;
use ring::digest;
use serde_json::{Value, json};

use super::canonical::canonical;

const NO_PREVIOUS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The log. Only [`UseLog::amend`] changes an entry: that of a message whose fate was still open.
#[derive(Debug, Default)]
pub struct UseLog {
    entries: Vec<Logged>,
    /// How many entries from the start carry their right hash.
    chained: usize,
    /// How many entries from the start were given away.
    given: usize,
}

#[derive(Debug)]
struct Logged {
    time: Timestamp,
    entry: Value,
}

impl UseLog {
    /// Appends an entry and gives its place.
    pub fn append(&mut self, time: Timestamp, mut entry: Value) -> usize {
        entry["sequence"] = json!(self.entries.len() + 1);
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

    /// Whose data the entry with this number is about.
    pub fn client_of(&self, sequence: Option<i64>) -> Option<String> {
        let logged = self.entries.get(usize::try_from(sequence?).ok()?.checked_sub(1)?)?;
        logged.entry["client"]["value"].as_str().map(str::to_owned)
    }

    /// The entries that were not given away yet.
    pub fn fresh(&mut self) -> Vec<Value> {
        self.chain();
        let given = std::mem::replace(&mut self.given, self.entries.len());
        self.entries[given..].iter().map(|logged| logged.entry.clone()).collect()
    }

    /// Each hash is SHA-256 over the canonical JSON of the entry without its own hash.
    fn chain(&mut self) {
        let hash_of = |logged: &Logged| logged.entry["integrity"]["hash"].as_str().map(str::to_owned);
        let before = self.chained.checked_sub(1).and_then(|last| self.entries.get(last)).and_then(hash_of);
        let mut previous = before.unwrap_or_else(|| NO_PREVIOUS.to_owned());
        for logged in &mut self.entries[self.chained..] {
            logged.entry["integrity"] = json!({"algorithm": "SHA-256", "previous": previous});
            previous = own_hash(&logged.entry);
            logged.entry["integrity"]["hash"] = json!(previous);
        }
        self.chained = self.entries.len();
    }
}

/// Whether these entries follow one another, and each has the hash that it tells.
pub fn is_chained(entries: &[Value]) -> bool {
    let follow = |pair: &[Value]| {
        pair[1]["integrity"]["previous"] == pair[0]["integrity"]["hash"]
            && pair[1]["sequence"].as_i64() == pair[0]["sequence"].as_i64().map(|number| number + 1)
    };
    entries.windows(2).all(follow) && entries.iter().all(|entry| entry["integrity"]["hash"] == own_hash(entry))
}

/// The hash over the entry without its own.
fn own_hash(entry: &Value) -> String {
    let mut entry = entry.clone();
    if let Some(integrity) = entry["integrity"].as_object_mut() {
        integrity.shift_remove("hash");
    }
    hex(&digest::digest(&digest::SHA256, canonical(&entry).as_bytes()))
}

fn hex(digest: &digest::Digest) -> String {
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::{UseLog, is_chained};

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
        let entries = log_of(&["a", "b", "c"]).export(Timestamp::MIN, Timestamp::MAX, None);
        assert!(is_chained(&entries) && is_chained(&entries[1..]));
        let mut changed = entries.clone();
        changed[1]["client"]["value"] = json!("x");
        assert!(!is_chained(&changed));
        assert!(!is_chained(&[entries[0].clone(), entries[2].clone()]));
    }

    #[test]
    fn each_entry_is_given_away_once() {
        let mut log = log_of(&["a", "b"]);
        assert_eq!((log.fresh().len(), log.fresh().len()), (2, 0));
        log.append(Timestamp::UNIX_EPOCH, json!({}));
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
