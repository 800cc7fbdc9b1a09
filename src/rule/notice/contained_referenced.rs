//! A contained resource has an id of its own and is referenced, or refers to what contains it (FHIR R4,
//! dom-3); a reference to a contained resource leads to one.

use std::collections::BTreeSet;

use serde_json::Value;

use super::case::Case;
use super::contained::{CODE, references};
use super::notes::Notes;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for entry in case.entries() {
        let base = entry.resource();
        if let Some(resource) = case.at(&base) {
            check_resource(&base, resource, notes);
        }
    }
}

fn check_resource(base: &str, resource: &Value, notes: &mut Notes) {
    let references = references(resource);
    let mut ids = BTreeSet::from([""]);
    let contained = resource["contained"].as_array().map_or(&[][..], Vec::as_slice);
    for (index, inner) in contained.iter().enumerate() {
        let pointer = format!("{base}/contained/{index}");
        let id = inner["id"].as_str().unwrap_or_default();
        if !ids.insert(id) {
            notes.bundle(CODE, format!("{pointer}/id"), "an id that no other contained resource has", id);
        } else if !references.iter().any(|(_, name)| *name == id) && !names_container(inner) {
            notes.bundle(CODE, pointer, format!("a reference to #{id}"), "none");
        }
    }
    for (pointer, name) in references.iter().filter(|(_, name)| !ids.contains(name)) {
        notes.bundle(CODE, format!("{base}{pointer}"), "the id of a contained resource", format!("#{name}"));
    }
}

/// A contained resource that refers to its container needs no reference itself (dom-3).
fn names_container(inner: &Value) -> bool {
    references(inner).iter().any(|(_, name)| name.is_empty())
}
