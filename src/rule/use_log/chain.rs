//! The entries of a file are all there, in order and unchanged: running numbers, times and the chain of
//! hashes.

use super::LogEntry;
use super::registry::place;
use super::time::Order;
use crate::rule::Findings;
use crate::rule::archive::digest;
use crate::wire::json::{Json, canonical_of};

const BROKEN: &str = "log-chain-broken";
/// The only algorithm whose hashes can be made again.
const ALGORITHM: &str = "SHA-256";

/// What an entry tells of its place in the chain of hashes.
#[derive(Debug)]
pub(super) enum Link {
    /// Nothing.
    None,
    /// Hashes of an algorithm that is not known.
    Unknown(String),
    /// These hashes, in small letters.
    Hashed {
        /// The one that it names for the entry before.
        previous: Option<String>,
        /// The one that it names for itself.
        told: Option<String>,
        /// The one that it has.
        made: Option<String>,
    },
}

impl Link {
    /// The link of this entry. The hash is SHA-256 of its canonical JSON without its own hash.
    pub fn of(json: &Json<'_>) -> Self {
        let told = |pointer: &str| json.at(pointer).and_then(Json::as_text);
        match told("/integrity/algorithm") {
            None => Self::None,
            Some(ALGORITHM) => Self::Hashed {
                previous: told("/integrity/previous").map(str::to_ascii_lowercase),
                told: told("/integrity/hash").map(str::to_ascii_lowercase),
                made: canonical_of(json, ("integrity", "hash")).ok().map(|bytes| digest(&bytes)),
            },
            Some(other) => Self::Unknown(other.to_owned()),
        }
    }
}

/// What the entries so far leave for the next one.
#[derive(Debug, Default)]
pub(super) struct Chain {
    sequence: Option<i64>,
    hash: Option<String>,
    order: Order,
    /// Whether any entry carried a hash that was made again.
    pub is_judged: bool,
    /// An algorithm that is not known, where one was named.
    pub unknown: Option<String>,
}

impl Chain {
    /// Judges the next entry against what came before it.
    pub fn check(&mut self, entry: &LogEntry<'_>, link: Link, out: &mut Findings<'_>) {
        self.order.check(entry, out);
        let follows = self.sequence(entry, out);
        self.link(link, follows, out);
    }

    /// Forgets number and hash of the entry before: it cannot be read, which is told already.
    pub fn interrupt(&mut self) {
        (self.sequence, self.hash) = (None, None);
    }

    /// Whether the entry comes right after the one before, as far as numbers tell.
    fn sequence(&mut self, entry: &LogEntry<'_>, out: &mut Findings<'_>) -> bool {
        let before = std::mem::replace(&mut self.sequence, entry.sequence);
        let (Some(before), Some(now)) = (before, entry.sequence) else { return true };
        let expected = before.saturating_add(1);
        if now != expected {
            out.add("log-sequence-broken", &place("/sequence"), expected.to_string(), now.to_string());
        }
        now == expected
    }

    fn link(&mut self, link: Link, follows: bool, out: &mut Findings<'_>) {
        let before = self.hash.take();
        match link {
            Link::None if before.is_some() => {
                out.add(BROKEN, &place("/integrity"), "hashes, as the entry before has them", "none");
            }
            Link::None => {}
            Link::Unknown(algorithm) => self.unknown = Some(algorithm),
            Link::Hashed { previous, told, made } => {
                self.is_judged = true;
                if let Some(before) = before.filter(|before| follows && previous.as_ref() != Some(before)) {
                    let expected = format!("{before}, the hash of the entry before");
                    out.add(BROKEN, &place("/integrity/previous"), expected, previous.as_deref().unwrap_or("none"));
                }
                if told != made {
                    let expected = format!("{}, the hash of this entry", made.unwrap_or_default());
                    out.add(BROKEN, &place("/integrity/hash"), expected, told.as_deref().unwrap_or("none"));
                }
                self.hash = told;
            }
        }
    }
}
