//! An entry tells why the data were processed.

use super::UseLogCase;
use super::registry::place;
use crate::rule::Findings;

pub(super) fn check(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    for entry in case.entries().filter(|entry| entry.purpose.is_none()) {
        out.add("log-purpose-missing", &place(&entry.at("/purpose")), "a purpose or ground", "none");
    }
}
