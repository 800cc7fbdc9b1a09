//! A document that was stored, corrected or nullified is told as it was sent: identifier, set and version.

use serde_json::{Value, json};

use super::super::ExchangeReading;
use super::comparison::{ResultComparison, listed};
use crate::domain::Operation;
use crate::wire::cda::ClinicalDocument;

/// Compares the document of the result with those that Kanta accepted in the step.
pub(super) fn judge(told: &mut ResultComparison<'_, '_, '_>) {
    let document = &told.action.result["document"];
    let sent = sent(told);
    let ids = || listed(sent.iter().filter_map(|one| one.id.as_ref()).map(|id| id.value.as_str()));
    if sent.is_empty() || !document.is_object() {
        return;
    }
    let of_id = |one: &&&ClinicalDocument| one.id.as_ref().is_some_and(|id| document["id"] == id.value.as_str());
    let Some(one) = sent.iter().find(of_id) else {
        let ids = ids();
        return told.differs("document.id", &ids, &document["id"]);
    };
    let text = |value: &Option<crate::wire::LocatedValue<String>>| value.as_ref().map(|value| value.value.clone());
    let (set_id, version) = (text(&one.set_id), text(&one.version));
    if let Some(set_id) = set_id.filter(|set_id| document["set-id"] != set_id.as_str()) {
        told.differs("document.set-id", &set_id, &document["set-id"]);
    }
    if let Some(version) = version.filter(|version| !is_number(&document["version"], version)) {
        told.differs("document.version", &version, &document["version"]);
    }
}

/// The documents that Kanta accepted in the step.
fn sent<'a>(told: &ResultComparison<'a, '_, '_>) -> Vec<&'a ClinicalDocument> {
    let changes = [Operation::Store, Operation::Correct, Operation::Nullify];
    let of_step = told.evidence.exchanges.iter().filter(|read| read.step == Some(told.step) && read.exchange.accepted);
    let of_step = of_step.filter(|read| changes.contains(&read.exchange.operation));
    let document = |reading: &'a ExchangeReading| match reading {
        ExchangeReading::Archive(reading) => reading.document(),
        _ => None,
    };
    of_step.filter_map(|read| document(&read.reading)).collect()
}

fn is_number(told: &Value, version: &str) -> bool {
    version.parse::<u64>().is_ok_and(|version| *told == json!(version))
}
