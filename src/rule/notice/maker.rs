//! Who made the notice, as its Provenance says, is the user whom the token names.

use super::case::Case;
use super::notes::Notes;
use crate::wire::fhir::ResourceKind;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let user = case.token.and_then(|token| token.text(&case.context.profile.token.user_claim));
    let Some(user) = user else { return };
    for entry in case.entries().iter().filter(|entry| entry.kind == ResourceKind::Provenance) {
        if let Some(maker) = entry.makers.first()
            && !entry.makers.iter().any(|maker| maker.value.trim_start_matches("urn:oid:") == user)
        {
            notes.add("notice-maker-differs", maker.spot.clone(), user, maker.value.as_str());
        }
    }
}
