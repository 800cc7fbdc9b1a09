//! The body is a FHIR Bundle in JSON that can be read in one way only.

use super::case::Case;
use super::notes::Notes;

const CODE: &str = "notice-unreadable";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let json = match &case.reading.body {
        Ok(bundle) => &bundle.json,
        Err(error) => return notes.add(CODE, error.spot.clone(), "a Bundle in JSON", error.to_string()),
    };
    if case.reading.bundle().is_none() {
        let kind = json.get("resourceType").map_or_else(|| "none".to_owned(), ToString::to_string);
        notes.bundle(CODE, "/resourceType", "Bundle", kind);
    }
}
