//! The Bundle is a transaction whose entries create resources, each by a POST to its type.

use super::case::Case;
use super::notes::Notes;
use crate::wire::fhir::BundleEntry;

const CODE: &str = "notice-not-transaction";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let Some(bundle) = case.bundle else { return };
    let kind = bundle.kind.as_ref().map_or("none", |kind| kind.value.as_str());
    if kind != "transaction" {
        notes.bundle(CODE, "/type", "transaction", kind);
    }
    for entry in &bundle.entries {
        check_entry(entry, notes);
    }
}

fn check_entry(entry: &BundleEntry, notes: &mut Notes) {
    let kind = entry.kind.name();
    let expected = || format!("POST {kind}");
    let pointer = || format!("{}/request", entry.spot.path);
    match entry.request.as_ref().map(|request| &request.value) {
        None => notes.bundle(CODE, pointer(), expected(), "none"),
        Some((method, _)) if method != "POST" => {
            notes.bundle(CODE, pointer() + "/method", expected(), method.as_str());
        }
        Some((_, url)) if url != kind => notes.bundle(CODE, pointer() + "/url", expected(), url.as_str()),
        Some(_) => {}
    }
}
