//! The token names system, user and organisation: every claim that the profile lists is there.

use super::case::Case;
use super::notes::Notes;
use super::reading::is_said;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let Some(token) = case.token else { return };
    for pointer in &case.context.profile.token.claims {
        if !is_said(token.claims.value.pointer(pointer)) {
            notes.token("token-claim-missing", pointer, format!("a claim {pointer}"), "none");
        }
    }
}
