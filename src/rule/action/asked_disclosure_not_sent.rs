//! A disclosure notice tells what was recorded: its items, recipient, and when it was.

use serde_json::Value;

use super::asked::{ActionSubject, Asked};
use super::texts::{single_spaced, texts_of};
use crate::domain::Operation;
use crate::evidence::ActionRecord;
use crate::rule::expectation::ExchangeReading;
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::fhir::{BundleEntry, ResourceKind};
use crate::words::{Said, said};

pub(super) const RULE: Rule<ActionSubject> = Rule {
    id: "asked-disclosure-not-sent",
    requirement: "DIS-35",
    sentence: "A disclosure notice tells what was recorded: its items, recipient, and when it was.",
    codes: &[CODE],
    judge,
};

const CODE: FindingCode = FindingCode::AskedDisclosureNotSent;

/// Each notice tells all of one recorded disclosure; where its items were put together or apart, its recipient. How many
/// notices and items came is the scenario's matter.
fn judge(asked: &Asked<'_>, findings: &mut Findings<'_>) {
    let ExchangeReading::Notice(reading) = asked.reading else { return };
    let events: Vec<&Value> = asked.recorded.iter().flat_map(|action| events(action)).collect();
    if asked.exchange.operation != Operation::StoreNotice || events.is_empty() {
        return;
    }
    let Some(bundle) = reading.bundle() else { return };
    for entry in bundle.entries.iter().filter(|entry| entry.kind == ResourceKind::AuditEvent) {
        let told = told(entry, &bundle.json);
        let items = items(entry, &bundle.json);
        let is_alike = |event: &&Value| event["items"].as_array().map_or(0, Vec::len) == items;
        let mut wanted: Vec<Vec<&str>> = events.iter().copied().filter(is_alike).map(whole).collect();
        if wanted.is_empty() {
            wanted = events.iter().copied().map(recipient).collect();
        }
        let lacking = wanted.iter().map(|wanted| lacking(wanted, &told)).min_by_key(Vec::len).unwrap_or_default();
        if !lacking.is_empty() {
            findings.add(CODE, &entry.spot, Said::value(lacking.join("; ")), said::none());
        }
    }
}

fn events(action: &ActionRecord) -> impl Iterator<Item = &Value> {
    action.parameters.get("events").and_then(Value::as_array).into_iter().flatten()
}

/// How many items the notice has: its entities but the client.
fn items(entry: &BundleEntry, bundle: &Value) -> usize {
    let resource = bundle.pointer(&entry.resource());
    let entities = resource.and_then(|resource| resource["entity"].as_array());
    entities.into_iter().flatten().filter(|entity| entity["what"]["reference"].is_null()).count()
}

/// Every text of the notice.
fn told(entry: &BundleEntry, bundle: &Value) -> Vec<String> {
    let resource = bundle.pointer(&entry.resource());
    resource.map(texts_of).unwrap_or_default().iter().map(|text| single_spaced(text)).collect()
}

/// The texts of a disclosure that its notice tells: of its items and its recipient.
fn whole(event: &Value) -> Vec<&str> {
    let items = event["items"].as_array().into_iter().flatten();
    let told =
        items.flat_map(|item| ["document", "description"].into_iter().filter_map(|member| item[member].as_str()));
    told.chain(recipient(event)).collect()
}

fn recipient(event: &Value) -> Vec<&str> {
    ["id", "name"].into_iter().filter_map(|member| event["recipient"][member].as_str()).collect()
}

/// What of these texts no text of the notice tells. An OID may have `urn:oid:` before it.
fn lacking(wanted: &[&str], told: &[String]) -> Vec<String> {
    let has = |text: &str| told.iter().any(|own| own.contains(&single_spaced(text)));
    wanted.iter().filter(|text| !has(text)).map(|text| (*text).to_owned()).collect()
}
