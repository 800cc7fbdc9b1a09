//! Which calls have their entries in the log. A message that was sent again shares the one entry. Two notices in one
//! request are two disclosures, so their entries are told apart by the notice.

use std::collections::HashSet;

use crate::reading::{Calls, LogEntry};

/// Which calls have their entries so far.
#[derive(Debug)]
pub(super) struct CallEntries<'c> {
    calls: &'c Calls,
    /// By the number of the call.
    notices: Vec<NamedNotices>,
}

/// The notices that the entries of a call name.
#[derive(Debug, Clone)]
enum NamedNotices {
    /// It has no entry.
    NoEntry,
    One(Option<Box<str>>),
    Many(HashSet<Option<Box<str>>>),
}

impl<'c> CallEntries<'c> {
    /// No call has an entry yet.
    pub fn new(calls: &'c Calls) -> Self {
        Self { calls, notices: vec![NamedNotices::NoEntry; calls.len()] }
    }

    /// Takes the next entry of the log, which names the call with this number. Operation and identifier of the call
    /// where another entry of the same call and notice came before.
    pub fn take(&mut self, entry: &LogEntry<'_>, number: Option<usize>) -> Option<String> {
        let (number, id) = (number?, entry.call()?);
        let notice = entry.disclosure.as_ref().and_then(|disclosure| disclosure.notice.as_deref()).map(Box::from);
        (!self.notices[number].add(notice)).then(|| self.named(id))
    }

    /// Operation and identifier of the calls that have no entry, in the order of their identifiers.
    pub fn missing(&self) -> impl Iterator<Item = String> {
        let missing = self.calls.ids(|number| matches!(self.notices[number], NamedNotices::NoEntry));
        missing.into_iter().map(|id| self.named(id))
    }

    fn named(&self, id: &str) -> String {
        let operation = self.calls.get(id).map_or("", |call| call.operation.name());
        format!("{operation} {id}")
    }
}

impl NamedNotices {
    /// Whether no entry named this notice before.
    fn add(&mut self, notice: Option<Box<str>>) -> bool {
        match self {
            Self::NoEntry => *self = Self::One(notice),
            Self::One(first) if *first == notice => return false,
            Self::One(first) => *self = Self::Many(HashSet::from([first.take(), notice])),
            Self::Many(all) => return all.insert(notice),
        }
        true
    }
}
