//! What is wrong with an AuditEvent of a log by FHIR R4: as strictly as with one of a notice.

use serde_json::Value;

use crate::schema::NoticePart;
use crate::wire::use_log::{AuditFault, faults_of};
use crate::words::Said;

/// What every AuditEvent must have, and what none has: unknown elements, other types, instants and codes that are none.
/// One place is told once.
pub(super) fn event_faults(event: &Value) -> Vec<AuditFault> {
    let mut faults = faults_of(event);
    for violation in NoticePart::AuditEvent.violations(event) {
        if faults.iter().any(|fault| fault.pointer == violation.pointer) {
            continue;
        }
        let expected = format!("{}, {}", NoticePart::AuditEvent.file(), violation.schema_path);
        faults.push(AuditFault {
            pointer: violation.pointer,
            expected: Said::value(expected),
            actual: violation.message,
        });
    }
    faults
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::event_faults;

    #[test]
    fn what_a_notice_may_not_have_a_log_may_not_have() {
        let event = json!({
            "resourceType": "AuditEvent", "type": {"code": "rest"}, "recorded": "2026-11-21T09:15:00+02:00",
            "agent": [{"requestor": true}], "source": {"observer": {"display": "x"}},
        });
        assert_eq!(event_faults(&event), []);
        for (name, value, pointer) in [
            ("agents", json!([]), "/agents"),
            ("recorded", json!("2026-11-21T09:15:00"), "/recorded"),
            ("type", json!({"code": "rest "}), "/type/code"),
            ("subtype", json!([]), "/subtype"),
            ("purposeOfEvent", json!([{"coding": [{"code": 1}]}]), "/purposeOfEvent/0/coding/0/code"),
            ("id", json!("e#1"), "/id"),
        ] {
            let mut changed: Value = event.clone();
            changed[name] = value;
            let told: Vec<String> = event_faults(&changed).into_iter().map(|fault| fault.pointer).collect();
            assert_eq!(told, [pointer], "{name}");
        }
    }
}
