//! An AuditEvent of FHIR R4 as an entry of the use log. Which element tells what is our own reading, since no
//! public source gives a profile for use logs; `docs/use-log.md` shows the table.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// Code of events about the log itself (`http://dicom.nema.org/resources/ontology/DCM`).
const LOG_USED: &str = "110101";
/// Codes of object roles (`http://terminology.hl7.org/CodeSystem/object-role`).
const PATIENT: &str = "1";
const QUERY: &str = "24";
/// Roles of agents, in our own code system.
const SUBSCRIBER: &str = "subscriber";
const CONTROLLER: &str = "controller";
const RECIPIENT: &str = "recipient";

/// The entry that `event` tells. What it does not tell is left out.
pub fn entry_of(event: &Value) -> Value {
    let mut entry = json!({
        "eventId": event["id"],
        "kind": kind(event),
        "time": event["recorded"],
        "action": action(event),
        "user": user(event),
        "purpose": purpose(event),
        "objects": list(event, "entity").filter(|entity| is_object(entity)).map(object).collect::<Vec<_>>(),
        "system": {"id": identifier(&event["source"]["observer"])},
        "outcome": outcome(event),
    });
    if let Some(client) = list(event, "entity").find(|entity| role(entity) == Some(PATIENT)) {
        let identifier = &client["what"]["identifier"];
        entry["client"] = json!({"system": identifier["system"], "value": identifier["value"]});
    }
    if let Some(query) = list(event, "entity").find(|entity| role(entity) == Some(QUERY)) {
        entry["criteria"] = json!({"text": query_of(query)});
    }
    if let Some(subscriber) = agent(event, SUBSCRIBER) {
        entry["organisation"] = json!({"subscriber": identifier(&subscriber["who"])});
    }
    if let Some(controller) = agent(event, CONTROLLER) {
        entry["controller"] = json!({"id": identifier(&controller["who"])});
    }
    put_disclosure(event, &mut entry);
    put_kanta(event, &mut entry);
    entry
}

fn list<'v>(event: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    event[name].as_array().into_iter().flatten()
}

fn agent<'v>(event: &'v Value, wanted: &str) -> Option<&'v Value> {
    let has = |agent: &&Value| {
        list(agent, "role").flat_map(|role| list(role, "coding")).any(|coding| coding["code"] == wanted)
    };
    list(event, "agent").find(has)
}

fn role(entity: &Value) -> Option<&str> {
    entity["role"]["code"].as_str()
}

fn is_object(entity: &Value) -> bool {
    !matches!(role(entity), Some(PATIENT | QUERY))
}

/// The identifier without what only says that it is an OID.
fn identifier(reference: &Value) -> Value {
    let value = reference["identifier"]["value"].as_str();
    value.map_or(Value::Null, |value| json!(value.strip_prefix("urn:oid:").unwrap_or(value)))
}

fn is_search(event: &Value) -> bool {
    list(event, "entity").any(|entity| role(entity) == Some(QUERY))
}

fn kind(event: &Value) -> &'static str {
    match agent(event, RECIPIENT) {
        _ if event["type"]["code"] == LOG_USED => "administration",
        Some(_) => "disclosure",
        None if is_search(event) => "search",
        None => "use",
    }
}

fn action(event: &Value) -> Value {
    match event["action"].as_str() {
        _ if agent(event, RECIPIENT).is_some() => json!("disclose"),
        _ if is_search(event) => json!("search"),
        Some("C") => json!("create"),
        Some("R") => json!("read"),
        Some("U") => json!("replace"),
        Some("D") => json!("nullify"),
        _ => Value::Null,
    }
}

fn user(event: &Value) -> Value {
    let Some(agent) = list(event, "agent").find(|agent| agent["requestor"] == true) else { return Value::Null };
    let name = if agent["name"].is_string() { &agent["name"] } else { &agent["who"]["display"] };
    json!({"system": agent["who"]["identifier"]["system"], "value": identifier(&agent["who"]), "name": name})
}

fn purpose(event: &Value) -> Value {
    let Some(purpose) = list(event, "purposeOfEvent").next() else { return Value::Null };
    let coding = &purpose["coding"][0];
    let text = if purpose["text"].is_string() { &purpose["text"] } else { &coding["display"] };
    json!({"code": coding["code"], "text": text})
}

fn object(entity: &Value) -> Value {
    let version = detail(entity, "version").and_then(|version| version.parse::<i64>().ok());
    json!({
        "documentId": identifier(&entity["what"]),
        "version": version,
        "type": entity["name"],
        "description": entity["description"],
    })
}

/// Minor failures are what somebody said no to; the others could not be done (FHIR R4, AuditEventOutcome).
fn outcome(event: &Value) -> Value {
    match event["outcome"].as_str() {
        Some("0") => json!("success"),
        Some("4") => json!("refused"),
        Some("8" | "12") => json!("failure"),
        _ => Value::Null,
    }
}

fn query_of(entity: &Value) -> Option<String> {
    let bytes = STANDARD.decode(entity["query"].as_str()?).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The value of the detail of this type.
fn detail<'v>(entity: &'v Value, name: &str) -> Option<&'v str> {
    list(entity, "detail").find(|detail| detail["type"] == name)?["valueString"].as_str()
}

/// The value of the detail of this type in any entity.
fn told<'v>(event: &'v Value, name: &str) -> Option<&'v str> {
    list(event, "entity").find_map(|entity| detail(entity, name))
}

fn put_disclosure(event: &Value, entry: &mut Value) {
    let Some(recipient) = agent(event, RECIPIENT) else { return };
    let name = if recipient["name"].is_string() { &recipient["name"] } else { &recipient["who"]["display"] };
    entry["disclosure"] = json!({
        "channel": told(event, "channel"),
        "recipient": {"id": identifier(&recipient["who"]), "name": name},
        "noticeId": told(event, "notice-id"),
    });
}

fn put_kanta(event: &Value, entry: &mut Value) {
    let [message, request, correlation, status, error] =
        ["message-id", "request-id", "correlation-id", "http-status", "error-code"].map(|name| told(event, name));
    if message.or(request).is_some() {
        let status = status.and_then(|status| status.parse::<i64>().ok());
        entry["kanta"] = json!({
            "messageId": message,
            "requestId": request,
            "correlationId": correlation,
            "httpStatus": status,
            "errorCode": error,
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::entry_of;

    fn event() -> Value {
        let agent = |role: &str, oid: &str| {
            json!({"role": [{"coding": [{"code": role}]}], "requestor": false,
                "who": {"identifier": {"system": "urn:ietf:rfc:3986", "value": format!("urn:oid:{oid}")}}})
        };
        json!({
            "resourceType": "AuditEvent", "id": "e-1", "recorded": "2026-11-21T09:15:00.000+02:00", "action": "R",
            "outcome": "0",
            "purposeOfEvent": [{"coding": [{"code": "own-use", "display": "Oma käyttö"}]}],
            "agent": [
                {"requestor": true, "name": "Testinen Tessa",
                    "who": {"identifier": {"system": "urn:oid:1.2.246.537.26", "value": "99900000011"}}},
                agent("subscriber", "1.2.3"), agent("controller", "1.2.4"),
            ],
            "source": {"observer": {"identifier": {"value": "urn:oid:1.2.5"}}},
            "entity": [
                {"role": {"code": "1"}, "what": {"identifier": {"system": "urn:oid:1.2.246.21", "value": "010181-900C"}}},
                {"what": {"identifier": {"value": "urn:oid:1.2.6"}}, "detail": [
                    {"type": "version", "valueString": "2"}, {"type": "message-id", "valueString": "1.2.3:7"},
                    {"type": "http-status", "valueString": "200"}]},
            ],
        })
    }

    #[test]
    fn an_event_of_use_becomes_an_entry() {
        let entry = entry_of(&event());
        let expected = json!({
            "eventId": "e-1", "kind": "use", "time": "2026-11-21T09:15:00.000+02:00", "action": "read",
            "user": {"system": "urn:oid:1.2.246.537.26", "value": "99900000011", "name": "Testinen Tessa"},
            "purpose": {"code": "own-use", "text": "Oma käyttö"},
            "objects": [{"documentId": "1.2.6", "version": 2, "type": null, "description": null}],
            "system": {"id": "1.2.5"}, "outcome": "success",
            "client": {"system": "urn:oid:1.2.246.21", "value": "010181-900C"},
            "organisation": {"subscriber": "1.2.3"}, "controller": {"id": "1.2.4"},
            "kanta": {"messageId": "1.2.3:7", "requestId": null, "correlationId": null, "httpStatus": 200, "errorCode": null},
        });
        assert_eq!(entry, expected);
    }

    #[test]
    fn searches_and_disclosures_are_told_by_their_parties() {
        let mut search = event();
        search["entity"][1] = json!({"role": {"code": "24"}, "query": "Z3JvdXA9NQ=="});
        let entry = entry_of(&search);
        assert_eq!((&entry["action"], &entry["criteria"]["text"]), (&json!("search"), &json!("group=5")));
        let mut disclosure = event();
        disclosure["agent"][2]["role"][0]["coding"][0]["code"] = json!("recipient");
        let entry = entry_of(&disclosure);
        assert_eq!((&entry["kind"], &entry["disclosure"]["recipient"]["id"]), (&json!("disclosure"), &json!("1.2.4")));
    }
}
