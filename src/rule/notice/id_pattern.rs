//! An `id` has letters A to Z, digits, hyphens and dots only (FHIR R4, data type id).

use super::case::Case;
use super::notes::Notes;

/// Of the resources themselves the OID is asked, which is narrower.
pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for id in case.entries().iter().flat_map(|entry| &entry.contained_ids) {
        if !id.value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.')) {
            let expected = "letters A to Z, digits, hyphens and dots";
            notes.add("notice-id-wrong", id.spot.clone(), expected, id.value.as_str());
        }
    }
}
