//! A contained resource contains none itself (FHIR R4, dom-2).

use super::case::Case;
use super::contained::{CODE, each};
use super::notes::Notes;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for (pointer, inner) in each(case) {
        if inner.get("contained").is_some() {
            notes.bundle(CODE, pointer + "/contained", "no contained resource in a contained one", "one");
        }
    }
}
