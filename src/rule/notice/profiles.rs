//! Each resource names the profile of version 1.0.0 that it keeps to, and no other.

use super::case::Case;
use super::notes::Notes;
use crate::wire::Placed;
use crate::wire::fhir::{BundleEntry, ResourceKind};

const WRONG: &str = "notice-profile-wrong";
const OUTDATED: &str = "notice-profile-outdated";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let rules = &case.context.profile.notice;
    for entry in case.entries() {
        match entry.kind {
            ResourceKind::AuditEvent => check_entry(entry, &rules.audit_event_profile, &rules.outdated_prefix, notes),
            ResourceKind::Provenance => check_entry(entry, &rules.provenance_profile, &rules.outdated_prefix, notes),
            ResourceKind::Other(_) => {}
        }
        for profile in &entry.contained_profiles {
            check_contained(profile, &rules.canonical_prefix, &rules.outdated_prefix, notes);
        }
    }
}

/// Not every profile of contained resources is known: one that is named must be of the same publisher.
fn check_contained(profile: &Placed<String>, prefix: &str, outdated: &str, notes: &mut Notes) {
    if profile.value.starts_with(outdated) {
        notes.add(OUTDATED, profile.spot.clone(), format!("{prefix}…"), profile.value.as_str());
    } else if !profile.value.starts_with(prefix) {
        notes.add(WRONG, profile.spot.clone(), format!("{prefix}…"), profile.value.as_str());
    }
}

fn check_entry(entry: &BundleEntry, expected: &str, outdated: &str, notes: &mut Notes) {
    if entry.profiles.is_empty() {
        notes.bundle(WRONG, format!("{}/meta/profile", entry.resource()), expected, "none");
    }
    for profile in entry.profiles.iter().filter(|profile| profile.value != expected) {
        let code = if profile.value.starts_with(outdated) { OUTDATED } else { WRONG };
        notes.add(code, profile.spot.clone(), expected, profile.value.as_str());
    }
}
