//! The body is a FHIR Bundle in JSON that can be read in one way only, with no more notices than one
//! Bundle may hold.

use super::case::Case;
use super::notes::Notes;
use crate::wire::fhir::ResourceKind;

const CODE: &str = "notice-unreadable";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let bundle = match &case.reading.body {
        Ok(bundle) => bundle,
        Err(error) => return notes.add(CODE, error.spot.clone(), "a Bundle in JSON", error.to_string()),
    };
    if case.bundle.is_none() {
        let kind = bundle.json.get("resourceType").map_or_else(|| "none".to_owned(), ToString::to_string);
        return notes.bundle(CODE, "/resourceType", "Bundle", kind);
    }
    let most = case.context.profile.limits.notices_per_bundle;
    let notices = case.notices().count();
    if bundle.entries.len() > most.saturating_mul(2) || notices > most {
        notes.bundle(CODE, "/entry", format!("at most {most} notices"), "more");
    }
    for entry in bundle.entries.iter().filter(|entry| entry.kind == ResourceKind::Other(String::new())) {
        notes.bundle(CODE, format!("{}/resourceType", entry.resource()), "a resource", "none");
    }
}
