//! Every exchange with Kanta has one entry, and every entry of an exchange has its exchange.

use std::collections::{BTreeMap, BTreeSet};

use super::registry::place;
use super::{LogEntry, UseLogCase};
use crate::rule::Findings;

/// A message that was sent again shares the one entry. Two notices in one request are two disclosures,
/// so their entries are told apart by the notice.
pub(super) fn check_exchanges(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    let mut entries: BTreeMap<&str, Vec<&LogEntry>> = BTreeMap::new();
    for entry in &case.log.entries {
        if let Some(call) = entry.call() {
            entries.entry(call).or_default().push(entry);
        }
    }
    for (id, exchanges) in case.calls() {
        let of_call = entries.get(id).map_or(&[][..], Vec::as_slice);
        let operation = exchanges.last().map_or("", |exchange| exchange.operation.name());
        let expected = format!("one entry for {operation} {id}");
        if of_call.is_empty() {
            out.add("log-entry-missing", &place(""), expected.as_str(), "none");
        }
        let mut notices = BTreeSet::new();
        for entry in of_call.iter().filter(|entry| !notices.insert(notice(entry))) {
            out.add("log-entry-doubled", &place(&entry.pointer), expected.as_str(), "another one");
        }
    }
}

fn notice(entry: &LogEntry) -> Option<&str> {
    entry.disclosure.as_ref()?.notice.as_deref()
}

/// An entry may name only what Kanta saw.
pub(super) fn check_entries(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    for entry in case.entries() {
        if let Some(id) = entry.call().filter(|id| !case.seen.contains(*id)) {
            out.add("log-request-unknown", &place(&entry.at("/kanta")), "a message that Kanta got", id);
        }
    }
}
