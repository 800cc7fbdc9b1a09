//! What a use log is held against.

use std::collections::{BTreeMap, BTreeSet};

use super::{LogEntry, UseLog};
use crate::evidence::{ActionRecord, Channel, Exchange};

/// A use log and what it is held against.
#[derive(Debug, Clone, Copy)]
pub struct UseLogCase<'a> {
    /// The log.
    pub log: &'a UseLog,
    /// The exchanges that the log must tell, in order of arrival. Handshakes and requests to other
    /// addresses do not count.
    pub exchanges: &'a [&'a Exchange],
    /// The actions that the log must tell where they never reached Kanta.
    pub actions: &'a [&'a ActionRecord],
    /// Identifiers of every message and request that Kanta saw in the run, other scenarios' too.
    pub seen: &'a BTreeSet<String>,
    /// Identity codes of the persons whose entries are judged; entries about others belong to other
    /// scenarios. Empty: every entry is judged.
    pub persons: &'a [String],
    /// Texts and markers of documents, none of which may stand in a log.
    pub forbidden: &'a [String],
}

impl<'a> UseLogCase<'a> {
    /// The exchanges by the identifier that joins them to the log. A message that was sent again is one
    /// call with several exchanges.
    pub(super) fn calls(&self) -> BTreeMap<&'a str, Vec<&'a Exchange>> {
        let mut calls: BTreeMap<&str, Vec<&Exchange>> = BTreeMap::new();
        for exchange in self.exchanges {
            if let (Channel::Archive | Channel::Fhir, Some(id)) = (exchange.channel, exchange.message_id.as_deref()) {
                calls.entry(id).or_default().push(exchange);
            }
        }
        calls
    }

    /// The entries that are judged.
    pub(super) fn entries(&self) -> impl Iterator<Item = &'a LogEntry> {
        let ids: BTreeSet<&str> = self.exchanges.iter().filter_map(|exchange| exchange.message_id.as_deref()).collect();
        let persons = self.persons;
        self.log.entries.iter().filter(move |entry| {
            let is_about = |person: &String| entry.client.as_ref() == Some(person);
            let is_call = || entry.call().is_some_and(|call| ids.contains(call));
            let is_nobodys = || entry.client.is_none() && entry.call().is_none();
            persons.is_empty() || persons.iter().any(is_about) || is_call() || is_nobodys()
        })
    }
}
