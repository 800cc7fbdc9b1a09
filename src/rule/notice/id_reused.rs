//! No two resources have the same `id`, in one Bundle or in several.

use std::collections::HashSet;

use super::case::Case;
use super::content_digest;
use super::notes::Notes;
use crate::state::Earlier;
use crate::wire::fhir::BundleEntry;

const CODE: &str = "notice-id-reused";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let mut seen = HashSet::new();
    for (entry, id) in case.entries().iter().filter_map(|entry| Some((entry, entry.id.as_ref()?))) {
        if !seen.insert(id.value.as_str()) {
            notes.add(CODE, id.spot.clone(), "an identifier once in a Bundle", id.value.as_str());
        } else if is_reused(case, entry, &id.value) {
            notes.add(CODE, id.spot.clone(), "an identifier that no other resource has", id.value.as_str());
        }
    }
}

fn is_reused(case: &Case<'_>, entry: &BundleEntry, id: &str) -> bool {
    let digest = case.at(&entry.resource()).and_then(content_digest);
    digest.is_some_and(|digest| case.context.known.resource(id, &digest) == Earlier::Other)
}
