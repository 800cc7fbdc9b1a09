//! Each resource has an OID as its `id`.

use super::case::Case;
use super::notes::Notes;
use crate::domain::Oid;

const CODE: &str = "notice-id-wrong";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for entry in case.entries() {
        let Some(id) = &entry.id else {
            notes.bundle(CODE, format!("{}/id", entry.resource()), "an OID", "none");
            continue;
        };
        if let Err(why) = id.value.parse::<Oid>() {
            notes.add(CODE, id.spot.clone(), "an OID", format!("{}: {why}", id.value));
        }
    }
}
