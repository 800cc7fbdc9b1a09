//! Identity codes in the log are of the 900 series.

use super::UseLogCase;
use super::registry::place;
use crate::domain::foreign_identity_code;
use crate::rule::Findings;
use crate::wire::json::walk;

pub(super) fn check(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    for entry in case.entries() {
        let Some(json) = case.log.json.pointer(&entry.pointer) else { continue };
        walk(json, &mut |pointer, value| {
            if let Some(hetu) = value.as_str().and_then(foreign_identity_code) {
                let spot = place(&entry.at(pointer));
                out.add("identity-code-foreign", &spot, "identity codes of the 900 series only", hetu.masked());
            }
        });
    }
}
