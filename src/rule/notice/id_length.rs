//! No `id` has more than 64 characters (FHIR R4, data type id).

use super::case::Case;
use super::notes::Notes;

const LONGEST: usize = 64;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let resources = case.entries().iter().filter_map(|entry| entry.id.as_ref());
    for id in resources.chain(case.entries().iter().flat_map(|entry| &entry.contained_ids)) {
        let length = id.value.chars().count();
        if length > LONGEST {
            let actual = format!("{length} characters");
            notes.add("notice-id-wrong", id.spot.clone(), "an id of at most 64 characters", actual);
        }
    }
}
