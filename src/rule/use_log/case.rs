//! What a use log is held against.

use std::collections::BTreeSet;

use super::{Call, Calls, LogEntry, UseLog};
use crate::evidence::{ActionRecord, Exchange};
use crate::profile::{Profile, UseLogRules};
use crate::wire::json::Json;

/// A use log and what it is held against.
#[derive(Debug, Clone, Copy)]
pub struct UseLogCase<'a> {
    /// The log.
    pub log: &'a UseLog<'a>,
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
    /// The profile.
    pub profile: &'a Profile,
}

/// One entry and what it is held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct EntryCase<'a> {
    /// What it tells.
    pub entry: &'a LogEntry<'a>,
    /// The entry as it came.
    pub json: &'a Json<'a>,
    /// The call that it names, where Kanta saw it.
    pub call: Option<&'a Call>,
    /// Whether the call that it names was never seen.
    pub is_stranger: bool,
    /// What may stand nowhere in it.
    pub secrets: &'a Secrets<'a>,
    /// What the profile says of use logs.
    pub rules: UseLogRules,
}

/// What may stand nowhere in a log.
#[derive(Debug, Clone, Default)]
pub(super) struct Secrets<'a> {
    /// Values of the header with the token.
    pub tokens: Vec<&'a str>,
    /// Texts and markers of documents.
    pub texts: &'a [String],
}

impl<'a> UseLogCase<'a> {
    /// What may stand nowhere in the log.
    pub(super) fn secrets(&self) -> Secrets<'a> {
        let header = &self.profile.http_header.token.name;
        let tokens = self.exchanges.iter().filter_map(|exchange| exchange.request.header(header));
        Secrets { tokens: tokens.collect(), texts: self.forbidden }
    }

    /// The entries that are judged.
    pub(super) fn entries(&self, calls: &Calls) -> Vec<&'a LogEntry<'a>> {
        let is_judged = |entry: &LogEntry<'_>| {
            let is_about = |person: &String| entry.client.as_deref() == Some(person);
            let is_call = || entry.call().is_some_and(|call| calls.get(call).is_some());
            let is_nobodys = || entry.client.is_none() && entry.call().is_none();
            self.persons.is_empty() || self.persons.iter().any(is_about) || is_call() || is_nobodys()
        };
        self.log.entries.iter().filter(|entry| is_judged(entry)).collect()
    }
}
