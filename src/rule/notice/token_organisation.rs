//! The organisation that the token speaks for is the one whose certificate signed it.

use super::case::Case;
use super::notes::Notes;
use crate::wire::trust::subject_serial_number;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let Some(leaf) = case.token_report.as_ref().and_then(|report| report.certificate.as_ref()) else { return };
    let Some(claimed) = case.organisation() else { return };
    let holder = subject_serial_number(leaf);
    if holder.as_deref() != Some(claimed) {
        let pointer = &case.context.profile.token.organisation_claim;
        let expected = holder.unwrap_or_else(|| "no serialNumber".to_owned());
        notes.token("token-organisation-differs", pointer, expected, claimed);
    }
}
