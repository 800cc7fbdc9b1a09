//! The elements that the profile asks for are there, and those that it rules out are not.

use super::case::Case;
use super::notes::Notes;
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
    if !entry.entities.iter().any(|entity| entity.is_client) {
        notes.bundle(MISSING, format!("{resource}/entity"), "an entity that names the client", "none");
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
