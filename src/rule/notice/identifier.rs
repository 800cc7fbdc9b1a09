//! Each resource has an OID as its `id`, of at most 64 characters, that no other resource has.

use std::collections::HashSet;

use super::case::Case;
use super::content_digest;
use super::notes::Notes;
use crate::domain::Oid;
use crate::wire::fhir::BundleEntry;

/// FHIR R4, 2.24.0.1: an `id` has at most 64 characters.
const LONGEST: usize = 64;
const REUSED: &str = "notice-id-reused";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let mut seen = HashSet::new();
    for entry in case.entries() {
        let Some(id) = &entry.id else {
            notes.bundle("notice-id-wrong", format!("{}/id", entry.resource()), "an OID", "none");
            continue;
        };
        if let Some(why) = wrong(&id.value) {
            notes.add("notice-id-wrong", id.spot.clone(), "an OID of at most 64 characters", why);
        }
        if !seen.insert(id.value.as_str()) {
            notes.add(REUSED, id.spot.clone(), "an identifier once in a Bundle", id.value.as_str());
        } else if is_reused(case, entry, &id.value) {
            notes.add(REUSED, id.spot.clone(), "an identifier that no other resource has", id.value.as_str());
        }
    }
}

fn is_reused(case: &Case<'_>, entry: &BundleEntry, id: &str) -> bool {
    let digest = case.at(&entry.resource()).and_then(content_digest);
    digest.is_some_and(|digest| case.context.known.is_notice_reused(id, &digest))
}

fn wrong(id: &str) -> Option<String> {
    if id.len() > LONGEST {
        return Some(format!("{} characters", id.len()));
    }
    id.parse::<Oid>().err().map(|error| format!("{id}: {error}"))
}
