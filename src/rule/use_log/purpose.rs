//! An entry tells why the data were processed.

use super::case::EntryCase;
use super::registry::place;
use crate::rule::Findings;

pub(super) fn check(case: &EntryCase<'_>, out: &mut Findings<'_>) {
    if case.entry.purpose.is_none() {
        out.add("log-purpose-missing", &place(&case.entry.at("/purpose")), "a purpose or ground", "none");
    }
}
