//! Every exchange with Kanta has one entry, and every entry of an exchange has its exchange.

use std::collections::HashSet;

use super::case::EntryCase;
use super::registry::place;
use super::{Calls, LogEntry};
use crate::rule::Findings;

/// An entry may name only what Kanta saw.
pub(super) fn check(case: &EntryCase<'_>, out: &mut Findings<'_>) {
    if case.is_stranger {
        let id = case.entry.call().unwrap_or_default();
        out.add("log-request-unknown", &place(&case.entry.at("/kanta")), "a message that Kanta got", id);
    }
}

/// Which calls have their entries so far. A message that was sent again shares the one entry. Two notices in
/// one request are two disclosures, so their entries are told apart by the notice.
#[derive(Debug)]
pub(super) struct Join<'c> {
    calls: &'c Calls,
    /// By the number of the call.
    told: Vec<Notices>,
}

/// The notices that the entries of a call name.
#[derive(Debug, Clone)]
enum Notices {
    /// It has no entry.
    Untold,
    One(Option<Box<str>>),
    Many(HashSet<Option<Box<str>>>),
}

impl<'c> Join<'c> {
    /// No call has an entry yet.
    pub fn new(calls: &'c Calls) -> Self {
        Self { calls, told: vec![Notices::Untold; calls.len()] }
    }

    /// Takes the next entry of the log; a second one of the same call and notice is told.
    pub fn check(&mut self, entry: &LogEntry<'_>, out: &mut Findings<'_>) {
        let number = entry.call().and_then(|id| self.calls.number(id));
        self.check_call(entry, number, out);
    }

    /// The same, where the number of the call is known.
    pub fn check_call(&mut self, entry: &LogEntry<'_>, number: Option<usize>, out: &mut Findings<'_>) {
        let (Some(number), Some(id)) = (number, entry.call()) else { return };
        let notice = entry.disclosure.as_ref().and_then(|disclosure| disclosure.notice.as_deref()).map(Box::from);
        if !self.told[number].add(notice) {
            out.add("log-entry-doubled", &place(&entry.pointer), self.expected(id), "another one");
        }
    }

    /// Tells the calls that have no entry, in the order of their identifiers, and how many there are.
    pub fn finish(self, out: &mut Findings<'_>) -> u64 {
        let missing = self.calls.ids(|number| matches!(self.told[number], Notices::Untold));
        for id in &missing {
            out.add("log-entry-missing", &place(""), self.expected(id), "none");
        }
        missing.len() as u64
    }

    fn expected(&self, id: &str) -> String {
        let operation = self.calls.get(id).map_or("", |call| call.operation.name());
        format!("one entry for {operation} {id}")
    }
}

impl Notices {
    /// Whether no entry named this notice before.
    fn add(&mut self, notice: Option<Box<str>>) -> bool {
        match self {
            Self::Untold => *self = Self::One(notice),
            Self::One(first) if *first == notice => return false,
            Self::One(first) => *self = Self::Many(HashSet::from([first.take(), notice])),
            Self::Many(all) => return all.insert(notice),
        }
        true
    }
}
