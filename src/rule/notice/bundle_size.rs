//! A Bundle holds no more notices than the harness reads at once.

use super::case::Case;
use super::notes::Notes;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    if case.reading.bundle().is_some() && case.bundle.is_none() {
        let most = case.context.profile.limits.notices_per_bundle;
        let expected = format!("at most {most} notices, each with its Provenance");
        notes.bundle("notice-bundle-too-large", "/entry", expected, "more");
    }
}
