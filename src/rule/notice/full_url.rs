//! `fullUrl` of each entry is `urn:oid:` and the `id` of its resource.

use super::case::Case;
use super::notes::Notes;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for entry in case.entries() {
        let Some(id) = &entry.id else { continue };
        let expected = format!("urn:oid:{}", id.value);
        let actual = entry.full_url.as_ref().map(|url| url.value.as_str());
        if actual != Some(&expected) {
            let pointer = format!("{}/fullUrl", entry.spot.path);
            notes.bundle("notice-full-url-differs", pointer, expected, actual.unwrap_or("none"));
        }
    }
}
