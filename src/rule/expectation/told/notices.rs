//! Notices are told as they were sent and answered: under the key of their disclosure, with the identifiers that the system
//! and Kanta gave them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::{ExchangeReading, ReadExchange};
use super::comparison::{ResultComparison, listed};
use crate::wire::fhir::{BundleEntry, ResourceKind};

/// A notice that Kanta stored.
struct StoredNotice<'a> {
    /// Identity code of its client, where it names one.
    client: Option<&'a str>,
    /// The identifier that Kanta gave it.
    permanent: Option<String>,
}

/// Compares each notice of the result with what was sent and what Kanta answered.
pub(super) fn judge(told: &mut ResultComparison<'_, '_, '_>) {
    let stored = stored(told);
    let events = told.action.parameters["events"].as_array().map_or(&[][..], Vec::as_slice);
    let mut seen = BTreeSet::new();
    for (number, notice) in told.list("notices").iter().enumerate() {
        let place = |member: &str| format!("notices[{number}].{member}");
        let event = events.iter().find(|event| event["key"] == notice["key"]);
        if event.is_none() || !seen.insert(notice["key"].to_string()) {
            let keys = listed(events.iter().filter_map(|event| event["key"].as_str()));
            told.differs(&place("key"), &keys, &notice["key"]);
        }
        let Some(one) = notice["notice-id"].as_str().and_then(|id| stored.get(id)) else {
            let ids = listed(stored.keys().copied());
            // One that waits was not stored yet.
            if !notice["permanent-id"].is_null() || told.exchanges().all(|exchange| exchange.fault.is_none()) {
                told.differs(&place("notice-id"), &ids, &notice["notice-id"]);
            }
            continue;
        };
        let client = event.and_then(|event| event["client"].as_str());
        if let (Some(asked), Some(sent)) = (client, one.client)
            && asked != sent
        {
            told.differs(&place("key"), "≠", &notice["key"]);
        }
        if let Some(permanent) = one.permanent.as_deref()
            && !notice["permanent-id"].is_null()
            && notice["permanent-id"] != permanent
        {
            told.differs(&place("permanent-id"), permanent, &notice["permanent-id"]);
        }
    }
}

/// The notices that Kanta stored in the scenario, by the identifiers that the system gave them.
fn stored<'a>(told: &ResultComparison<'a, '_, '_>) -> BTreeMap<&'a str, StoredNotice<'a>> {
    let accepted = told.evidence.exchanges.iter().filter(|read| read.exchange.accepted);
    accepted.flat_map(of_exchange).collect()
}

fn of_exchange<'a>(read: &'a ReadExchange<'_>) -> Vec<(&'a str, StoredNotice<'a>)> {
    let ExchangeReading::Notice(reading) = &read.reading else { return Vec::new() };
    let entries = reading.bundle().map(|bundle| bundle.entries.as_slice()).unwrap_or_default();
    let answer = read.exchange.answer.as_ref().map_or(&[][..], |answer| answer.body.bytes());
    let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    let notice = |(number, entry): (usize, &'a BundleEntry)| {
        let id = entry.id.as_ref().filter(|_| entry.kind == ResourceKind::AuditEvent)?;
        let location = answer["entry"][number]["response"]["location"].as_str();
        let permanent = location.and_then(|location| location.split('/').nth(1)).map(str::to_owned);
        let client = entry.entities.iter().find_map(|entity| Some(entity.client.as_ref()?.value.as_str()));
        Some((id.value.as_str(), StoredNotice { client, permanent }))
    };
    entries.iter().enumerate().filter_map(notice).collect()
}
