//! A disclosure notice tells the items and the recipient that were recorded.

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
    sentence: "A disclosure notice tells the items and the recipient that were recorded.",
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
        let count = count(entry, &bundle.json);
        let is_of = |event: &&Value| items(event).iter().any(|text| is_told(text, &told));
        let own: Vec<&Value> = events.iter().copied().filter(is_of).collect();
        let compared = if own.is_empty() { &events } else { &own };
        let wanted = compared.iter().map(|event| wanted(event, count));
        let lacking = wanted.map(|wanted| lacking(wanted, &told)).min_by_key(Vec::len).unwrap_or_default();
        if !lacking.is_empty() {
            findings.add(CODE, &entry.spot, Said::value(lacking.join("; ")), said::none());
        }
    }
}

fn events(action: &ActionRecord) -> impl Iterator<Item = &Value> {
    action.parameters.get("events").and_then(Value::as_array).into_iter().flatten()
}

/// How many items the notice has: its entities but the client.
fn count(entry: &BundleEntry, bundle: &Value) -> usize {
    let resource = bundle.pointer(&entry.resource());
    let entities = resource.and_then(|resource| resource["entity"].as_array());
    entities.into_iter().flatten().filter(|entity| entity["what"]["reference"].is_null()).count()
}

/// Every text of the notice.
fn told(entry: &BundleEntry, bundle: &Value) -> Vec<String> {
    let resource = bundle.pointer(&entry.resource());
    resource.map(texts_of).unwrap_or_default().iter().map(|text| single_spaced(text)).collect()
}

/// The texts of a disclosure that a notice with so many items tells: where that is another number, its recipient alone.
fn wanted(event: &Value, count: usize) -> Vec<&str> {
    let is_whole = event["items"].as_array().map_or(0, Vec::len) == count;
    let items = if is_whole { items(event) } else { Vec::new() };
    let recipient = ["id", "name"].into_iter().filter_map(|member| event["recipient"][member].as_str());
    items.into_iter().chain(recipient).collect()
}

/// The documents and descriptions of a disclosure.
fn items(event: &Value) -> Vec<&str> {
    let items = event["items"].as_array().into_iter().flatten();
    items.flat_map(|item| ["document", "description"].into_iter().filter_map(|member| item[member].as_str())).collect()
}

/// What of these texts no text of the notice tells.
fn lacking(wanted: Vec<&str>, told: &[String]) -> Vec<String> {
    wanted.into_iter().filter(|text| !is_told(text, told)).map(str::to_owned).collect()
}

/// An OID may have `urn:oid:` before it.
fn is_told(text: &str, told: &[String]) -> bool {
    told.iter().any(|own| own.contains(&single_spaced(text)))
}
