//! A contained resource says what it is (FHIR R4, 2.6.3).

use super::case::Case;
use super::contained::{CODE, each};
use super::notes::Notes;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for (pointer, inner) in each(case) {
        if !inner["resourceType"].is_string() {
            notes.bundle(CODE, pointer + "/resourceType", "a resource", "none");
        }
    }
}
