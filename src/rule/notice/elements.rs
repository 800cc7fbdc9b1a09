//! The elements that the profile asks for are there, and those that it rules out are not.

use serde_json::Value;

use super::case::Case;
use super::notes::Notes;
use super::reading::is_said;
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
    check_client(entry, notes);
}

fn check_client(entry: &BundleEntry, notes: &mut Notes) {
    let mut clients = entry.entities.iter().filter(|entity| entity.is_client).peekable();
    if clients.peek().is_none() {
        notes.bundle(MISSING, format!("{}/entity", entry.resource()), "an entity that names the client", "none");
    }
    for entity in clients.filter(|entity| entity.client.is_none()) {
        notes.bundle(MISSING, format!("{}/what", entity.spot.path), "the client's identity code", "none");
    }
}

fn require(case: &Case<'_>, base: &str, pointers: &[String], notes: &mut Notes) {
    for relative in pointers {
        let pointer = format!("{base}{relative}");
        if !case.is_said(&pointer) {
            notes.bundle(MISSING, pointer, "this element", "none");
        }
    }
}
