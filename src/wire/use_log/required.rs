//! What FHIR R4 asks of every AuditEvent, whatever its profile.

use jiff::Timestamp;
use serde_json::Value;

use crate::words::{Said, said};

const ACTIONS: [&str; 5] = ["C", "R", "U", "D", "E"];
const OUTCOMES: [&str; 4] = ["0", "4", "8", "12"];
/// What an element must hold: whether a value does, and how that is said.
type RequiredShape = (fn(&Value) -> bool, fn() -> Said);

const OBJECT: RequiredShape = (Value::is_object, said::an_object);
const ARRAY: RequiredShape =
    (|value| value.as_array().is_some_and(|list| !list.is_empty()), said::an_array_that_is_not_empty);
const FLAG: RequiredShape = (Value::is_boolean, said::true_or_false);
const ID: RequiredShape = (is_id, said::an_id_of_letters_digits_and);
const INSTANT: RequiredShape = (is_instant, said::an_instant_with_its_zone);
const ACTION: RequiredShape = (|value| is_one_of(value, &ACTIONS), said::one_of_c_r_u_d_e);
const OUTCOME: RequiredShape = (|value| is_one_of(value, &OUTCOMES), said::one_of_0_4_8_12);

/// An element that is missing or wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditFault {
    /// JSON pointer from the event.
    pub pointer: String,
    pub expected: Said,
    pub actual: Said,
}

/// What is wrong with `event` by the definition of AuditEvent in FHIR R4 (4.0.1).
pub fn faults_of(event: &Value) -> Vec<AuditFault> {
    let mut faults = Vec::new();
    let mut ask = |pointer: &str, (holds, expected): RequiredShape, is_required: bool| {
        let value = event.pointer(pointer);
        if value.map_or(is_required, |value| !holds(value)) {
            let actual = Said::value_or(value.map(Value::to_string), said::none());
            faults.push(AuditFault { pointer: pointer.to_owned(), expected: expected(), actual });
        }
    };
    ask("/id", ID, false);
    ask("/type", OBJECT, true);
    ask("/action", ACTION, false);
    ask("/recorded", INSTANT, true);
    ask("/outcome", OUTCOME, false);
    ask("/purposeOfEvent", ARRAY, false);
    ask("/agent", ARRAY, true);
    for index in 0..length(event, "agent") {
        ask(&format!("/agent/{index}/requestor"), FLAG, true);
        ask(&format!("/agent/{index}/who"), OBJECT, false);
    }
    ask("/source", OBJECT, true);
    ask("/source/observer", OBJECT, true);
    ask("/entity", ARRAY, false);
    for index in 0..length(event, "entity") {
        ask(&format!("/entity/{index}"), OBJECT, true);
        ask(&format!("/entity/{index}/what"), OBJECT, false);
    }
    faults.extend(doubled_names(event));
    faults
}

/// Invariant sev-1: an entity has a name or a query, not both.
fn doubled_names(event: &Value) -> impl Iterator<Item = AuditFault> {
    let entities = event["entity"].as_array().into_iter().flatten().enumerate();
    let both = entities.filter(|(_, entity)| entity.get("name").is_some() && entity.get("query").is_some());
    both.map(|(index, _)| AuditFault {
        pointer: format!("/entity/{index}/query"),
        expected: said::either_a_name_or_a_query_sev(),
        actual: said::both(),
    })
}

fn length(event: &Value, name: &str) -> usize {
    event[name].as_array().map_or(0, Vec::len)
}

/// FHIR R4, datatypes: `[A-Za-z0-9\-\.]{1,64}`.
fn is_id(value: &Value) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    value.as_str().is_some_and(|text| matches!(text.len(), 1..=64) && text.bytes().all(is_letter))
}

fn is_one_of(value: &Value, names: &[&str]) -> bool {
    value.as_str().is_some_and(|text| names.contains(&text))
}

fn is_instant(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.contains('T') && text.parse::<Timestamp>().is_ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::faults_of;

    #[test]
    fn what_fhir_asks_is_told_with_its_place() {
        let event = json!({
            "resourceType": "AuditEvent", "type": {"code": "rest"}, "recorded": "2026-11-21T09:15:00+02:00",
            "agent": [{"requestor": true}], "source": {"observer": {"display": "x"}},
        });
        assert_eq!(faults_of(&event), []);
        for (pointer, value) in [
            ("/type", json!(null)),
            ("/action", json!("X")),
            ("/recorded", json!("2026-11-21")),
            ("/outcome", json!(0)),
            ("/agent", json!([])),
            ("/agent/0/requestor", json!("true")),
            ("/source/observer", json!("x")),
            ("/entity", json!({})),
        ] {
            let mut changed = event.clone();
            let (parent, name) = pointer.rsplit_once('/').expect("pointer");
            let parent = changed.pointer_mut(parent).expect("parent");
            match parent {
                serde_json::Value::Array(list) => list[0] = value,
                other => other[name] = value,
            }
            let told: Vec<String> = faults_of(&changed).into_iter().map(|fault| fault.pointer).collect();
            assert_eq!(told, [pointer]);
        }
        let mut doubled = event;
        doubled["entity"] = json!([{"name": "a", "query": "Yg=="}]);
        assert_eq!(faults_of(&doubled)[0].pointer, "/entity/0/query");
    }
}
