//! An entry and what those before it leave for it.

use jiff::Timestamp;

use super::hash_link::{HashLink, StatedHash};
use crate::reading::LogEntry;
use crate::rule::Subject;

/// Rules about an entry after those before it.
pub(in crate::rule) enum EntryInOrder {}

impl Subject for EntryInOrder {
    type Of<'a> = OrderCase<'a>;
}

/// An entry and what those before it leave for it.
pub(in crate::rule) struct OrderCase<'a> {
    pub entry: &'a LogEntry<'a>,
    /// Its place in the chain of hashes.
    pub(super) link: &'a HashLink,
    /// What the entries before it leave.
    pub(super) before: &'a Before,
    /// Whether the entry is one of those that are judged, and not of another scenario.
    pub is_judged: bool,
    /// Operation and identifier of its call, where another entry tells that call already.
    pub doubled: Option<String>,
}

/// What the entries so far leave for the next one.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// Number of the entry before, where that could be read.
    pub number: Option<i64>,
    /// Hash that the entry before states.
    pub hash: Option<StatedHash>,
    /// The latest time so far.
    pub latest: Option<Timestamp>,
    /// Whether any entry carried a hash that was made again.
    pub has_hashes: bool,
    /// An algorithm that is not known, where one was named.
    pub unknown_algorithm: Option<String>,
}

impl OrderCase<'_> {
    /// The number that the entry must have, where that before it has one.
    pub fn expected_number(&self) -> Option<i64> {
        self.entry.sequence.and(self.before.number).map(|before| before.saturating_add(1))
    }
}

impl Before {
    /// Takes the entry that was judged.
    pub fn advance(&mut self, entry: &LogEntry<'_>, link: HashLink) {
        self.take_time(entry);
        self.number = entry.sequence;
        self.hash = None;
        match link {
            HashLink::None => {}
            HashLink::Unknown(algorithm) => self.unknown_algorithm = Some(algorithm),
            HashLink::Hashed { stated, .. } => {
                self.has_hashes = true;
                self.hash = stated;
            }
        }
    }

    /// Takes the time of an entry that is one of a selection, in which numbers and hashes say nothing.
    pub fn take_time(&mut self, entry: &LogEntry<'_>) {
        let is_earlier = entry.moment.zip(self.latest).is_some_and(|(now, latest)| now < latest);
        if !is_earlier {
            self.latest = entry.moment.or(self.latest);
        }
    }

    /// Forgets number and hash of the entry before: what came in its place cannot be read.
    pub fn interrupt(&mut self) {
        (self.number, self.hash) = (None, None);
    }
}
