//! What never reached Kanta is in the log too: disclosures through the archive, and what the system
//! itself refused to do.

use serde_json::Value;

use super::registry::place;
use super::{Channel, LogEntry, LogOutcome, UseLogCase};
use crate::domain::Hetu;
use crate::evidence::ActionRecord;
use crate::rule::Findings;

const CODE: &str = "log-entry-missing";
/// Actions that process client data.
const PROCESSING: [&str; 8] = [
    "store-client-relationship",
    "store-matter",
    "store-client-document",
    "search-documents",
    "search-metadata",
    "view-document",
    "correct-document",
    "nullify-document",
];

pub(super) fn check(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    check_disclosures(case, out);
    for action in case.actions.iter().filter(|action| action.outcome == "refused") {
        check_refusal(case, action, out);
    }
}

/// Entries of disclosures through the archive are counted by client and recipient.
fn check_disclosures(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    let done =
        case.actions.iter().filter(|action| action.action == "record-disclosures" && action.outcome == "succeeded");
    let events = done.flat_map(|action| action.parameters["events"].as_array().into_iter().flatten());
    let mut unused: Vec<&LogEntry> = case.log.entries.iter().filter(|entry| is_through_archive(entry)).collect();
    for event in events.filter(|event| event["channel"] == Channel::ThroughArchive.name()) {
        if let Some(index) = unused.iter().position(|entry| tells(entry, event)) {
            unused.swap_remove(index);
        } else {
            let key = event["key"].as_str().unwrap_or_default();
            out.add(CODE, &place(""), format!("an entry for the disclosure {key} through the archive"), "none");
        }
    }
}

fn is_through_archive(entry: &LogEntry) -> bool {
    entry.disclosure.as_ref().is_some_and(|disclosure| disclosure.channel == Some(Channel::ThroughArchive))
}

fn tells(entry: &LogEntry, event: &Value) -> bool {
    let recipient = entry.disclosure.as_ref().and_then(|disclosure| disclosure.recipient.as_deref());
    let id = event.pointer("/recipient/id").and_then(Value::as_str);
    entry.client.as_deref() == event["client"].as_str() && (id.is_none() || recipient == id)
}

/// A refusal without any traffic was the system's own, and the client's data were processed for it.
fn check_refusal(case: &UseLogCase<'_>, action: &ActionRecord, out: &mut Findings<'_>) {
    let Some(client) = action.parameters["client"].as_str().filter(|client| is_test_client(client)) else { return };
    let went_out = case.exchanges.iter().any(|exchange| {
        (action.started..=action.ended).contains(&exchange.received)
            && exchange.persons.iter().any(|person| person == client)
    });
    if went_out || !PROCESSING.contains(&action.action.as_str()) {
        return;
    }
    let is_told = |entry: &LogEntry| {
        entry.client.as_deref() == Some(client) && entry.outcome.is_some_and(|outcome| outcome != LogOutcome::Success)
    };
    if !case.log.entries.iter().any(is_told) {
        out.add(CODE, &place(""), format!("an entry for the refused {}", action.action), "none");
    }
}

fn is_test_client(client: &str) -> bool {
    client.parse::<Hetu>().is_ok_and(|hetu| hetu.is_test())
}
