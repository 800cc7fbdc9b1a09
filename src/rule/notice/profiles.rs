//! Each resource names the profile of version 1.0.0 that it keeps to, and no other.

use super::case::Case;
use super::notes::Notes;
use crate::wire::fhir::{BundleEntry, ResourceKind};

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let rules = &case.context.profile.notice;
    for entry in case.entries() {
        match entry.kind {
            ResourceKind::AuditEvent => check_entry(entry, &rules.audit_event_profile, &rules.outdated_prefix, notes),
            ResourceKind::Provenance => check_entry(entry, &rules.provenance_profile, &rules.outdated_prefix, notes),
            ResourceKind::Other(_) => {}
        }
    }
}

fn check_entry(entry: &BundleEntry, expected: &str, outdated: &str, notes: &mut Notes) {
    if entry.profiles.is_empty() {
        notes.bundle("notice-profile-wrong", format!("{}/meta/profile", entry.resource()), expected, "none");
    }
    for profile in entry.profiles.iter().filter(|profile| profile.value != expected) {
        let code = if profile.value.starts_with(outdated) { "notice-profile-outdated" } else { "notice-profile-wrong" };
        notes.add(code, profile.spot.clone(), expected, profile.value.as_str());
    }
}
