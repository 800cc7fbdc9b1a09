//! A contained resource has no version of its own (FHIR R4, dom-4).

use super::case::Case;
use super::contained::{CODE, each};
use super::notes::Notes;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for (pointer, inner) in each(case) {
        for relative in ["/meta/versionId", "/meta/lastUpdated"] {
            if inner.pointer(relative).is_some() {
                notes.bundle(CODE, format!("{pointer}{relative}"), "no version in a contained resource", "one");
            }
        }
    }
}
