//! A notice has an entity for each disclosed item, described by a general type, a specific type or a
//! text.

use super::case::Case;
use super::notes::Notes;

const CODE: &str = "notice-item-undescribed";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for entry in case.notices() {
        if entry.entities.iter().all(|entity| entity.is_client) {
            notes.bundle(CODE, format!("{}/entity", entry.resource()), "an entity for each disclosed item", "none");
        }
        for entity in entry.entities.iter().filter(|entity| !entity.is_client && !entity.described) {
            notes.add(CODE, entity.spot.clone(), "a general type, a specific type or a description", "none of them");
        }
    }
}
