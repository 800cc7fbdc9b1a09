//! The elements that the profile asks for are there, and those that it rules out are not.

use std::collections::BTreeSet;

use serde_json::Value;

use super::case::Case;
use super::notes::Notes;
use super::reading::is_said;
use crate::domain::HETU_ROOT;
use crate::wire::Placed;
use crate::wire::fhir::{BundleEntry, ResourceKind};

const MISSING: &str = "notice-element-missing";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let Some(bundle) = case.bundle else { return };
    let rules = &case.context.profile.notice.element;
    // A Bundle without any signature is a finding of its own.
    if bundle.signature.is_some() {
        require(case, "", &rules.bundle, notes);
    }
    for entry in &bundle.entries {
        match entry.kind {
            ResourceKind::AuditEvent => check_notice(case, entry, notes),
            ResourceKind::Provenance => require(case, &entry.resource(), &rules.provenance, notes),
            ResourceKind::Other(_) => {}
        }
    }
}

fn check_notice(case: &Case<'_>, entry: &BundleEntry, notes: &mut Notes) {
    let rules = &case.context.profile.notice.element;
    let resource = entry.resource();
    require(case, &resource, &rules.audit_event, notes);
    for agent in &entry.agents {
        require(case, &agent.spot.path, &rules.agent, notes);
    }
    for relative in &rules.forbidden {
        let pointer = format!("{resource}{relative}");
        if let Some(value) = case.at(&pointer) {
            let actual = value.to_string();
            notes.bundle("notice-element-forbidden", pointer, "no such element", actual);
        }
    }
    let is_coded = |extension: &Value| is_said(extension.get("url")) && is_said(extension.pointer("/valueCoding/code"));
    let extensions = case.at(&format!("{resource}/extension")).and_then(Value::as_array);
    // The URL of this extension is not known, but no other one of a notice has a code as its value.
    if !extensions.is_some_and(|extensions| extensions.iter().any(is_coded)) {
        notes.bundle(MISSING, format!("{resource}/extension"), "the type of disclosure, a coded value", "none");
    }
    check_client(case, entry, notes);
}

/// A client without an identity code has a temporary identifier under the OID of an organisation.
fn check_person_system(case: &Case<'_>, code: &Placed<String>, notes: &mut Notes) {
    let pointer = code.spot.path.trim_end_matches("/value").to_owned() + "/system";
    let system = case.at(&pointer).and_then(Value::as_str).unwrap_or("none");
    let root = system.strip_prefix("urn:oid:").unwrap_or_default();
    let below_organisations = root.strip_prefix(case.context.profile.identity.temporary.prefix.as_str());
    if root != HETU_ROOT && !below_organisations.is_some_and(|below| below.starts_with('.')) {
        notes.bundle(MISSING, pointer, format!("urn:oid:{HETU_ROOT}"), system);
    }
}

fn check_client(case: &Case<'_>, entry: &BundleEntry, notes: &mut Notes) {
    let mut clients = entry.entities.iter().filter(|entity| entity.is_client).peekable();
    if clients.peek().is_none() {
        notes.bundle(MISSING, format!("{}/entity", entry.resource()), "an entity that names the client", "none");
    }
    for entity in clients {
        match &entity.client {
            None => notes.bundle(MISSING, format!("{}/what", entity.spot.path), "the client's identity code", "none"),
            Some(code) => check_person_system(case, code, notes),
        }
    }
}

fn require(case: &Case<'_>, base: &str, pointers: &[String], notes: &mut Notes) {
    let mut told = BTreeSet::new();
    for relative in pointers {
        let pointer = format!("{base}{relative}");
        if !case.is_said(&pointer) {
            let missing = outermost(case, base.len(), &pointer);
            if told.insert(missing.to_owned()) {
                notes.bundle(MISSING, missing, "this element", "none");
            }
        }
    }
}

/// The outermost element on the way to `pointer`, after its first `base` bytes, that says nothing.
fn outermost<'p>(case: &Case<'_>, base: usize, pointer: &'p str) -> &'p str {
    let steps = pointer.match_indices('/').map(|(at, _)| at).filter(|at| *at > base);
    let ways = steps.map(|at| &pointer[..at]);
    ways.into_iter().find(|way| !case.is_said(way)).unwrap_or(pointer)
}
