//! Judges the entries of a time that a system gives, of which others are judged elsewhere.

use std::collections::BTreeSet;

use super::entry::{EntryCase, Secrets};
use super::form::FormCase;
use super::hash_link::HashLink;
use super::progress::SequenceProgress;
use super::stages::{OF_ENTRY, OF_FORM};
use crate::evidence::{ActionRecord, Exchange};
use crate::profile::Profile;
use crate::reading::{Calls, LogEntry, UseLog};
use crate::rule::{Catalogue, Finding, Findings, Strictness, run_stages};
use crate::wire::json::Json;

/// A use log and what it is held against.
#[derive(Debug, Clone, Copy)]
pub struct UseLogCase<'a> {
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
    pub profile: &'a Profile,
}

/// What is wrong with a use log: one finding a mistake, at its JSON pointer in the log.
pub fn judge(case: &UseLogCase<'_>, catalogue: &Catalogue, strictness: Strictness) -> Vec<Finding> {
    let mut findings = Findings::new(catalogue, strictness);
    check(case, &mut findings);
    findings.into_list()
}

/// The same, added to `findings`.
pub fn check(case: &UseLogCase<'_>, findings: &mut Findings<'_>) {
    let log = case.log;
    run_stages(OF_FORM, &FormCase { faults: &log.faults, ..FormCase::default() }, findings);
    // Of a log that is none, nothing else can be said.
    if log.entries.is_empty() && !log.faults.is_empty() {
        return;
    }
    let calls = Calls::of(case.exchanges.iter().copied(), case.profile);
    let secrets = case.secrets();
    let mut progress = SequenceProgress::new(Some(&calls), false);
    for entry in case.in_order(&calls) {
        let call = entry.call().and_then(|id| calls.number(id));
        let is_judged = case.is_judged(entry, &calls);
        if is_judged {
            case.check_entry(entry, &calls, &secrets, findings);
        }
        progress.take(entry, (call, HashLink::None), is_judged, findings);
    }
    progress.finish(&log.entries, case.actions, findings);
}

impl<'a> UseLogCase<'a> {
    fn check_entry(&self, entry: &LogEntry<'_>, calls: &Calls, secrets: &Secrets<'_>, findings: &mut Findings<'_>) {
        let json = self.log.json.pointer(&entry.pointer).map_or(Json::Null, Json::of);
        let of_entry = EntryCase {
            entry,
            json: &json,
            call: entry.call().and_then(|id| calls.get(id)),
            is_call_unknown: entry.call().is_some_and(|id| !self.seen.contains(id)),
            secrets,
            is_suspicious: secrets.may_be_in(entry, &json.to_string()),
            rules: self.profile.use_log,
        };
        run_stages(OF_ENTRY, &of_entry, findings);
    }

    /// What may stand nowhere in the log.
    fn secrets(&self) -> Secrets<'a> {
        let header = &self.profile.http_header.token.name;
        let tokens = self.exchanges.iter().filter_map(|exchange| exchange.request.header(header));
        Secrets { tokens: tokens.collect(), texts: self.forbidden }
    }

    /// Numbers tell the order of the entries, where all that are judged have one.
    fn in_order(&self, calls: &Calls) -> Vec<&'a LogEntry<'a>> {
        let mut entries: Vec<&LogEntry<'_>> = self.log.entries.iter().collect();
        if entries.iter().all(|entry| entry.sequence.is_some() || !self.is_judged(entry, calls)) {
            entries.sort_by_key(|entry| entry.sequence);
        }
        entries
    }

    fn is_judged(&self, entry: &LogEntry<'_>, calls: &Calls) -> bool {
        let is_about = |person: &String| entry.client.as_deref() == Some(person);
        let is_call = || entry.call().is_some_and(|call| calls.get(call).is_some());
        let is_nobodys = || entry.client.is_none() && entry.call().is_none();
        self.persons.is_empty() || self.persons.iter().any(is_about) || is_call() || is_nobodys()
    }
}
