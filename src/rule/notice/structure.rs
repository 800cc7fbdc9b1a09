//! The Bundle and its resources have the elements of FHIR R4, of the types and as often as it says.

use serde_json::Value;

use super::case::Case;
use super::notes::Notes;
use crate::schema::NoticePart;
use crate::wire::fhir::ResourceKind;

const CODE: &str = "notice-structure-wrong";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let Some(bundle) = case.bundle else { return };
    judge(NoticePart::Bundle, "", &bundle.json, notes);
    for entry in &bundle.entries {
        let part = match entry.kind {
            ResourceKind::AuditEvent => NoticePart::AuditEvent,
            ResourceKind::Provenance => NoticePart::Provenance,
            ResourceKind::Other(_) => continue,
        };
        let base = entry.resource();
        if let Some(resource) = bundle.json.pointer(&base) {
            judge(part, &base, resource, notes);
        }
    }
}

fn judge(part: NoticePart, base: &str, value: &Value, notes: &mut Notes) {
    for violation in part.violations(value) {
        let expected = format!("{}, {}", part.file(), violation.schema_path);
        notes.bundle(CODE, format!("{base}{}", violation.pointer), expected, violation.message);
    }
}
