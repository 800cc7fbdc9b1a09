//! Entries of the use log as AuditEvents of FHIR R4.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// Members of the `kanta` member, each with the detail that tells it.
const OF_KANTA: [(&str, &str); 5] = [
    ("messageId", "message-id"),
    ("requestId", "request-id"),
    ("correlationId", "correlation-id"),
    ("httpStatus", "http-status"),
    ("errorCode", "error-code"),
];
/// Members of the `disclosure` member, each with the detail that tells it.
const OF_DISCLOSURE: [(&str, &str); 2] = [("channel", "channel"), ("noticeId", "notice-id")];

/// The AuditEvent that tells what the entry tells; running number and hashes have no place in it.
pub fn audit_event(entry: &Value) -> Value {
    let purpose = &entry["purpose"];
    json!({
        "resourceType": "AuditEvent",
        "id": entry["eventId"],
        "type": kind(entry),
        "action": action(entry),
        "recorded": entry["time"],
        "outcome": outcome(entry),
        "purposeOfEvent": [{"coding": [{"code": purpose["code"]}], "text": purpose["text"]}],
        "agent": agents(entry),
        "source": {"observer": {"identifier": {"value": entry["system"]["id"]}}},
        "entity": entities(entry),
    })
}

/// What is done to the log itself is a use of the audit log, in the words of DICOM.
fn kind(entry: &Value) -> Value {
    if entry["kind"] == "administration" {
        let system = "http://dicom.nema.org/resources/ontology/DCM";
        return json!({"system": system, "code": "110101", "display": "Audit Log Used"});
    }
    let system = "http://terminology.hl7.org/CodeSystem/audit-event-type";
    json!({"system": system, "code": "rest", "display": "RESTful Operation"})
}

fn action(entry: &Value) -> &'static str {
    match entry["action"].as_str() {
        Some("create") => "C",
        Some("replace") => "U",
        Some("nullify") => "D",
        Some("search") => "E",
        _ => "R",
    }
}

fn outcome(entry: &Value) -> &'static str {
    match entry["outcome"].as_str() {
        Some("success") => "0",
        Some("refused") => "4",
        _ => "8",
    }
}

fn agents(entry: &Value) -> Vec<Value> {
    let user = &entry["user"];
    let who = json!({"identifier": {"system": user["system"], "value": user["value"]}});
    let mut agents = vec![json!({"who": who, "name": user["name"], "requestor": true})];
    let parties = [("subscriber", &entry["organisation"]["subscriber"]), ("controller", &entry["controller"]["id"])];
    agents.extend(parties.map(|(role, oid)| json!({"role": coded(role), "who": of_oid(oid), "requestor": false})));
    let recipient = &entry["disclosure"]["recipient"];
    if !recipient.is_null() {
        let who = json!({"identifier": {"value": recipient["id"]}});
        let name = &recipient["name"];
        agents.push(json!({"role": coded("recipient"), "who": who, "name": name, "requestor": false}));
    }
    agents
}

fn coded(role: &str) -> Value {
    json!([{"coding": [{"code": role}]}])
}

fn of_oid(oid: &Value) -> Value {
    let value = oid.as_str().map(|oid| format!("urn:oid:{oid}"));
    json!({"identifier": {"system": "urn:ietf:rfc:3986", "value": value}})
}

/// The client with what is known of the exchange, then what was searched for, then what was processed.
fn entities(entry: &Value) -> Vec<Value> {
    let client = &entry["client"];
    let identifier = json!({"system": client["system"], "value": client["value"]});
    let mut entities = vec![json!({"role": {"code": "1"}, "what": {"identifier": identifier}})];
    let details = [details(&entry["kanta"], &OF_KANTA), details(&entry["disclosure"], &OF_DISCLOSURE)].concat();
    if !details.is_empty() {
        entities[0]["detail"] = json!(details);
    }
    if !entry["criteria"].is_null() {
        let query = STANDARD.encode(entry["criteria"].to_string());
        entities.push(json!({"role": {"code": "24"}, "query": query}));
    }
    entities.extend(entry["objects"].as_array().into_iter().flatten().map(object));
    entities
}

fn details(member: &Value, names: &[(&str, &str)]) -> Vec<Value> {
    let detail = |(name, told): &(&str, &str)| {
        let text = match &member[*name] {
            Value::Null => return None,
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        Some(json!({"type": told, "valueString": text}))
    };
    names.iter().filter_map(detail).collect()
}

fn object(object: &Value) -> Value {
    let mut entity = json!({});
    if !object["documentId"].is_null() {
        entity["what"] = of_oid(&object["documentId"]);
    }
    for (member, name) in [("type", "name"), ("description", "description")] {
        if !object[member].is_null() {
            entity[name] = object[member].clone();
        }
    }
    let version = details(object, &[("version", "version")]);
    if !version.is_empty() {
        entity["detail"] = json!(version);
    }
    entity
}
