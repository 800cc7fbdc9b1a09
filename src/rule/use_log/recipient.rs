//! The entry of a disclosure names the recipient.

use super::case::EntryCase;
use super::registry::place;
use crate::rule::Findings;

pub(super) fn check(case: &EntryCase<'_>, out: &mut Findings<'_>) {
    let entry = case.entry;
    let told = entry.disclosure.as_ref().and_then(|disclosure| disclosure.recipient.as_ref());
    if entry.is_disclosure() && told.is_none() {
        out.add("log-recipient-missing", &place(&entry.at("/disclosure/recipient")), "the recipient", "none");
    }
}
