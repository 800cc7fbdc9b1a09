//! The entry of a disclosure outside the archive names its notice.

use super::registry::place;
use super::{Channel, LogEntry, LogOutcome, UseLogCase};
use crate::domain::Operation;
use crate::evidence::Exchange;
use crate::rule::Findings;

const CODE: &str = "log-notice-missing";

pub(super) fn check(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    let calls = case.calls();
    for entry in case.entries().filter(|entry| entry.is_disclosure() && is_outside(entry)) {
        let spot = place(&entry.at("/disclosure/noticeId"));
        let stored = entry.call().and_then(|call| calls.get(call)?.iter().find(|exchange| is_stored_notice(exchange)));
        match entry.disclosure.as_ref().and_then(|disclosure| disclosure.notice.as_deref()) {
            None => out.add(CODE, &spot, "the identifier of the notice", "none"),
            Some(notice) if stored.is_some_and(|stored| !is_named(notice, stored)) => {
                out.add(CODE, &spot, "the notice that this request stored", notice);
            }
            Some(_) => {}
        }
    }
}

/// A disclosure that failed has no notice.
fn is_outside(entry: &LogEntry) -> bool {
    let channel = entry.disclosure.as_ref().and_then(|disclosure| disclosure.channel);
    channel == Some(Channel::OutsideArchive) && entry.outcome == Some(LogOutcome::Success)
}

fn is_stored_notice(exchange: &Exchange) -> bool {
    exchange.operation == Operation::StoreNotice && exchange.accepted
}

/// The identifier is the sender's own or the permanent one: it stands in the request or in the answer.
fn is_named(notice: &str, stored: &Exchange) -> bool {
    let holds = |body: &[u8]| String::from_utf8_lossy(body).contains(notice);
    holds(stored.request.body.bytes()) || stored.answer.as_ref().is_some_and(|answer| holds(answer.body.bytes()))
}
