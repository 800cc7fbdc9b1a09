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

/// Each notice tells all of one recorded disclosure. How many notices came is the scenario's matter.
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
        let alike: Vec<&Value> = events.iter().copied().filter(is_alike).collect();
        let compared = if alike.is_empty() { &events } else { &alike };
        let lacking = compared.iter().map(|event| lacking(event, &told)).min_by_key(Vec::len).unwrap_or_default();
        if !lacking.is_empty() {
            findings.add(CODE, &entry.spot, Said::value(lacking.join("; ")), said::none());
        }
    }
}

fn events(action: &ActionRecord) -> impl Iterator<Item = &Value> {
    action.parameters.get("events").and_then(Value::as_array).into_iter().flatten()
}

/// How many items the notice has: its entities but the client. Items that were put together or apart are the scenario's
/// matter.
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

/// What of the disclosure no text of the notice tells. An OID may have `urn:oid:` before it, and a time any zone.
fn lacking(event: &Value, told: &[String]) -> Vec<String> {
    let mut wanted: Vec<&str> = Vec::new();
    for item in event["items"].as_array().into_iter().flatten() {
        wanted.extend(["document", "description"].iter().filter_map(|member| item[*member].as_str()));
    }
    wanted.extend(["id", "name"].iter().filter_map(|member| event["recipient"][*member].as_str()));
    let has = |text: &str| told.iter().any(|own| own.contains(&single_spaced(text)));
    wanted.into_iter().filter(|text| !has(text)).map(str::to_owned).collect()
}
