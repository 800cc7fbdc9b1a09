//! The entry of a disclosure outside the archive names its notice.

use super::entry::{EntryCase, SingleEntry};
use super::place::in_log;
use crate::reading::{Call, DisclosureChannel, LogEntry, LogOutcome};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::LogNoticeMissing;

pub(super) const RULE: Rule<SingleEntry> = Rule {
    id: "notice-missing",
    requirement: "LOG-08",
    sentence: "The entry of a disclosure outside the archive names its notice.",
    codes: &[CODE],
    judge,
};

fn judge(case: &EntryCase<'_>, findings: &mut Findings<'_>) {
    let entry = case.entry;
    if !entry.is_disclosure() || !is_outside(entry) {
        return;
    }
    let spot = in_log(entry.at("/disclosure/noticeId"));
    let stored = case.call.filter(|call| !call.notices.is_empty());
    match entry.disclosure.as_ref().and_then(|disclosure| disclosure.notice.as_deref()) {
        None => findings.add(CODE, &spot, said::the_identifier_of_the_notice(), said::none()),
        Some(notice) if stored.is_some_and(|call| !is_named(notice, call)) => {
            findings.add(CODE, &spot, said::the_notice_that_this_request_stored(), Said::value(notice));
        }
        Some(_) => {}
    }
}

/// A disclosure that failed has no notice.
fn is_outside(entry: &LogEntry<'_>) -> bool {
    let channel = entry.disclosure.as_ref().and_then(|disclosure| disclosure.channel);
    channel == Some(DisclosureChannel::OutsideArchive) && entry.outcome == Some(LogOutcome::Success)
}

/// A name may stand inside a longer one: `urn:oid:` before it, or a version behind.
fn is_named(notice: &str, call: &Call) -> bool {
    call.notices.iter().any(|name| name.contains(notice))
}
