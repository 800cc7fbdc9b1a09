//! Contained resources say what they are, are not nested, have no version of their own, and are referenced; references to
//! contained resources lead to one (FHIR R4, dom-2, dom-3, dom-4).

use std::collections::BTreeSet;

use serde_json::Value;

use super::case::Case;
use super::notes::Notes;
use crate::wire::fhir::BundleEntry;
use crate::wire::json::walk;

const CODE: &str = "notice-contained-wrong";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for entry in case.entries() {
        check_entry(case, entry, notes);
    }
}

fn check_entry(case: &Case<'_>, entry: &BundleEntry, notes: &mut Notes) {
    let base = entry.resource();
    let Some(resource) = case.at(&base) else { return };
    let references = references(resource);
    let mut ids = BTreeSet::from([""]);
    let contained = resource["contained"].as_array().map_or(&[][..], Vec::as_slice);
    for (index, inner) in contained.iter().enumerate() {
        let pointer = format!("{base}/contained/{index}");
        check_form(inner, &pointer, notes);
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

fn check_form(inner: &Value, pointer: &str, notes: &mut Notes) {
    if !inner["resourceType"].is_string() {
        notes.bundle(CODE, format!("{pointer}/resourceType"), "a resource", "none");
    }
    if inner.get("contained").is_some() {
        notes.bundle(CODE, format!("{pointer}/contained"), "no contained resource in a contained one", "one");
    }
    for relative in ["/meta/versionId", "/meta/lastUpdated"] {
        if inner.pointer(relative).is_some() {
            notes.bundle(CODE, format!("{pointer}{relative}"), "no version in a contained resource", "one");
        }
    }
}

/// Where the resource refers to contained ones, and their ids.
fn references(resource: &Value) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    walk(resource, &mut |pointer, value| {
        let name = value.as_str().filter(|_| pointer.ends_with("/reference")).and_then(|text| text.strip_prefix('#'));
        found.extend(name.map(|name| (pointer.to_owned(), name)));
    });
    found
}

/// A contained resource that refers to its container needs no reference itself (dom-3).
fn names_container(inner: &Value) -> bool {
    references(inner).iter().any(|(_, name)| name.is_empty())
}
