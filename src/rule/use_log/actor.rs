//! An entry names the user and the organisation that processed the data.

use super::case::EntryCase;
use super::registry::place;
use crate::rule::Findings;

pub(super) fn check(case: &EntryCase<'_>, out: &mut Findings<'_>) {
    let entry = case.entry;
    let members = [
        ("/user/value", &entry.user, "the user's identifier"),
        ("/user/name", &entry.user_name, "the user's name"),
        ("/organisation/subscriber", &entry.subscriber, "the organisation's OID"),
    ];
    for (relative, _, expected) in members.iter().filter(|(_, value, _)| value.is_none()) {
        out.add("log-actor-missing", &place(&entry.at(relative)), *expected, "none");
    }
}
