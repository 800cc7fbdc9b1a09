//! The entry of a disclosure names the recipient.

use super::UseLogCase;
use super::registry::place;
use crate::rule::Findings;

pub(super) fn check(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    for entry in case.entries().filter(|entry| entry.is_disclosure()) {
        if entry.disclosure.as_ref().is_none_or(|disclosure| disclosure.recipient.is_none()) {
            out.add("log-recipient-missing", &place(&entry.at("/disclosure/recipient")), "the recipient", "none");
        }
    }
}
