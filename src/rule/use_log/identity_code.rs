//! Identity codes in the log are of the 900 series.

use super::case::EntryCase;
use super::registry::place;
use crate::domain::foreign_identity_code;
use crate::rule::Findings;

pub(super) fn check(case: &EntryCase<'_>, out: &mut Findings<'_>) {
    case.json.texts(&mut |pointer, text| {
        if let Some(hetu) = foreign_identity_code(text) {
            let spot = place(&case.entry.at(pointer));
            out.add("identity-code-foreign", &spot, "identity codes of the 900 series only", hetu.masked());
        }
    });
}
