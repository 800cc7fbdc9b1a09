//! A contained resource has no security label of its own (FHIR R4, dom-5).

use super::case::Case;
use super::contained::{CODE, each};
use super::notes::Notes;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for (pointer, inner) in each(case) {
        if inner.pointer("/meta/security").is_some() {
            notes.bundle(CODE, pointer + "/meta/security", "no security label in a contained resource", "one");
        }
    }
}
