//! The entries of a file are all there, in order and unchanged: running numbers, times and the chain of
//! hashes.

use super::LogEntry;
use super::registry::place;
use super::time::Order;
use crate::rule::Findings;
use crate::wire::json::{Json, canonical_of};

const BROKEN: &str = "log-chain-broken";
/// The only algorithm whose hashes can be made again.
const ALGORITHM: &str = "SHA-256";
/// Bytes of its hashes.
const LENGTH: usize = 32;

/// What an entry tells of its place in the chain of hashes.
#[derive(Debug)]
pub(super) enum Link {
    /// Nothing.
    None,
    /// Hashes of an algorithm that is not known.
    Unknown(String),
    /// These hashes.
    Hashed {
        /// The one that it names for the entry before.
        previous: Option<Told>,
        /// The one that it names for itself.
        told: Option<Told>,
        /// The one that it has.
        made: Option<[u8; LENGTH]>,
    },
}

/// A hash as an entry tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// In hexadecimal digits, as it should be.
    Bytes([u8; LENGTH]),
    /// Another text.
    Other(String),
}

impl Told {
    fn of(text: &str) -> Self {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let mut bytes = [0; LENGTH];
        let is_hash = text.len() == 2 * LENGTH
            && bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)).all(|(byte, pair)| {
                let value = digit(pair[0]).zip(digit(pair[1])).map(|(high, low)| high << 4 | low);
                *byte = value.unwrap_or_default();
                value.is_some()
            });
        if is_hash { Self::Bytes(bytes) } else { Self::Other(text.to_owned()) }
    }

    fn shown(told: Option<&Self>) -> String {
        match told {
            None => "none".to_owned(),
            Some(Self::Bytes(bytes)) => hex(bytes),
            Some(Self::Other(text)) => text.clone(),
        }
    }
}

fn hex(bytes: &[u8; LENGTH]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Link {
    /// The link of this entry. The hash is SHA-256 of its canonical JSON without its own hash.
    pub fn of(json: &Json<'_>) -> Self {
        let told = |pointer: &str| json.at(pointer).and_then(Json::as_text);
        match told("/integrity/algorithm") {
            None => Self::None,
            Some(ALGORITHM) => Self::Hashed {
                previous: told("/integrity/previous").map(Told::of),
                told: told("/integrity/hash").map(Told::of),
                made: canonical_of(json, ("integrity", "hash"))
                    .ok()
                    .and_then(|bytes| ring::digest::digest(&ring::digest::SHA256, &bytes).as_ref().try_into().ok()),
            },
            Some(other) => Self::Unknown(other.to_owned()),
        }
    }
}

/// What the entries so far leave for the next one.
#[derive(Debug, Default)]
pub(super) struct Chain {
    sequence: Option<i64>,
    hash: Option<Told>,
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
                    let expected = format!("{}, the hash of the entry before", Told::shown(Some(&before)));
                    out.add(BROKEN, &place("/integrity/previous"), expected, Told::shown(previous.as_ref()));
                }
                if told != made.map(Told::Bytes) {
                    let made = made.as_ref().map(hex).unwrap_or_default();
                    let expected = format!("{made}, the hash of this entry");
                    out.add(BROKEN, &place("/integrity/hash"), expected, Told::shown(told.as_ref()));
                }
                self.hash = told;
            }
        }
    }
}
