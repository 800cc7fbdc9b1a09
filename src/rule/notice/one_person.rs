//! All notices of a Bundle are about one person.

use super::case::Case;
use super::notes::Notes;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let Some(bundle) = case.bundle else { return };
    let Some((first, others)) = bundle.persons.split_first() else { return };
    for other in others {
        let (expected, actual) = (format!("{} only", first.value), other.value.as_str());
        notes.add("notice-persons-mixed", other.spot.clone(), expected, actual);
    }
}
