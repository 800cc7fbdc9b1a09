//! The entry of a disclosure outside the archive names its notice.

use super::case::EntryCase;
use super::registry::place;
use super::{Call, Channel, LogEntry, LogOutcome};
use crate::rule::Findings;

const CODE: &str = "log-notice-missing";

pub(super) fn check(case: &EntryCase<'_>, out: &mut Findings<'_>) {
    let entry = case.entry;
    if !entry.is_disclosure() || !is_outside(entry) {
        return;
    }
    let spot = place(&entry.at("/disclosure/noticeId"));
    let stored = case.call.filter(|call| !call.notices.is_empty());
    match entry.disclosure.as_ref().and_then(|disclosure| disclosure.notice.as_deref()) {
        None => out.add(CODE, &spot, "the identifier of the notice", "none"),
        Some(notice) if stored.is_some_and(|call| !is_named(notice, call)) => {
            out.add(CODE, &spot, "the notice that this request stored", notice);
        }
        Some(_) => {}
    }
}

/// A disclosure that failed has no notice.
fn is_outside(entry: &LogEntry<'_>) -> bool {
    let channel = entry.disclosure.as_ref().and_then(|disclosure| disclosure.channel);
    channel == Some(Channel::OutsideArchive) && entry.outcome == Some(LogOutcome::Success)
}

/// A name may stand inside a longer one: `urn:oid:` before it, or a version behind.
fn is_named(notice: &str, call: &Call) -> bool {
    call.notices.iter().any(|name| name.contains(notice))
}
