//! Every exchange with Kanta and every recorded disclosure is in the log, disclosures through the archive too, of
//! which Kanta gets no notice.

use super::call_entries::CallEntries;
use serde_json::Value;

use super::place::in_log;
use super::whole::{WholeCase, WholeLog};
use crate::evidence::ActionRecord;
use crate::reading::{DisclosureChannel, LogEntry};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::LogEntryMissing;

pub(super) const RULE: Rule<WholeLog> = Rule {
    id: "entry-missing",
    requirement: "LOG-01",
    sentence: "Every exchange with Kanta and every recorded disclosure is in the log, disclosures through the \
               archive too, of which Kanta gets no notice.",
    codes: &[CODE],
    judge,
};

/// The actions that record disclosures.
const RECORDING: [&str; 2] = ["record-disclosures", "record-tenant-disclosures"];

fn judge(case: &WholeCase<'_>, findings: &mut Findings<'_>) {
    for call in case.calls.into_iter().flat_map(CallEntries::missing) {
        findings.add(CODE, &in_log(""), said::one_entry_for(call), said::none());
    }
    check_recorded(case, findings);
}

/// Entries are counted by channel, client and recipient. That an entry leaves its recipient out is a finding of its
/// own.
fn check_recorded(case: &WholeCase<'_>, findings: &mut Findings<'_>) {
    let records = |action: &&&ActionRecord| RECORDING.contains(&&*action.action) && action.has_succeeded();
    let done = case.actions.iter().filter(records);
    let events = done.flat_map(|action| action.parameters["events"].as_array().into_iter().flatten());
    let mut unused: Vec<&LogEntry<'_>> = case.entries.iter().filter(|entry| entry.disclosure.is_some()).collect();
    for event in events {
        if let Some(index) = unused.iter().position(|entry| tells(entry, event)) {
            unused.swap_remove(index);
        } else {
            let expected = said::an_entry_for_the_disclosure(format!("{} {}", event["key"], event["channel"]));
            findings.add(CODE, &in_log(""), expected, said::none());
        }
    }
}

fn tells(entry: &LogEntry<'_>, event: &Value) -> bool {
    let Some(disclosure) = &entry.disclosure else { return false };
    let same = |told: Option<&str>, done: Option<&Value>| match (told, done.and_then(Value::as_str)) {
        (Some(told), Some(done)) => told == done,
        _ => true,
    };
    same(disclosure.channel.map(DisclosureChannel::name), event.get("channel"))
        && same(entry.client.as_deref(), event.get("client"))
        && same(disclosure.recipient.as_deref(), event.pointer("/recipient/id"))
}
