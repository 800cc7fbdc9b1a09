//! Every recorded disclosure is in the log, those through the archive too, of which Kanta gets no notice.

use serde_json::Value;

use super::registry::place;
use super::{LogEntry, UseLogCase};
use crate::evidence::ActionRecord;
use crate::rule::Findings;

/// The actions that record disclosures.
const RECORDING: [&str; 2] = ["record-disclosures", "record-tenant-disclosures"];

/// Entries are counted by channel, client and recipient. That an entry leaves its recipient out is a
/// finding of its own.
pub(super) fn check(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    let records = |action: &&&ActionRecord| RECORDING.contains(&&*action.action) && action.outcome == "succeeded";
    let done = case.actions.iter().filter(records);
    let events = done.flat_map(|action| action.parameters["events"].as_array().into_iter().flatten());
    let mut unused: Vec<&LogEntry> = case.log.entries.iter().filter(|entry| entry.disclosure.is_some()).collect();
    for event in events {
        if let Some(index) = unused.iter().position(|entry| tells(entry, event)) {
            unused.swap_remove(index);
        } else {
            let expected = format!("an entry for the disclosure {} {}", event["key"], event["channel"]);
            out.add("log-entry-missing", &place(""), expected, "none");
        }
    }
}

fn tells(entry: &LogEntry, event: &Value) -> bool {
    let Some(disclosure) = &entry.disclosure else { return false };
    let same = |told: Option<&str>, done: Option<&Value>| match (told, done.and_then(Value::as_str)) {
        (Some(told), Some(done)) => told == done,
        _ => true,
    };
    same(disclosure.channel.map(super::Channel::name), event.get("channel"))
        && same(entry.client.as_deref(), event.get("client"))
        && same(disclosure.recipient.as_deref(), event.pointer("/recipient/id"))
}
