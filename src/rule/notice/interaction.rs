//! Notices are created, by POST to the root of the service; there is no update, no deletion and no search.

use super::case::Case;
use super::notes::Notes;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let request = &case.reading.request;
    if !is_creation(&request.method, &request.path) && !is_description(&request.method, &request.path) {
        let actual = format!("{} {}", request.method, request.path);
        notes.header("notice-interaction-wrong", "method", "POST /fhir", actual);
    }
}

pub(super) fn is_creation(method: &str, path: &str) -> bool {
    method == "POST" && matches!(path, "/fhir" | "/fhir/")
}

/// A request for the CapabilityStatement.
fn is_description(method: &str, path: &str) -> bool {
    method == "GET" && path == "/fhir/metadata"
}
