//! The entry of a disclosure outside the archive names the notice that Kanta stored.

use super::registry::place;
use super::{Channel, LogEntry, UseLogCase};
use crate::domain::Operation;
use crate::evidence::Exchange;
use crate::rule::Findings;

const CODE: &str = "log-notice-missing";

pub(super) fn check(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    let calls = case.calls();
    for entry in case.entries() {
        let exchanges = entry.call().and_then(|call| calls.get(call)).map_or(&[][..], Vec::as_slice);
        if let Some(stored) = exchanges.iter().find(|exchange| is_stored_notice(exchange)) {
            check_entry(entry, stored, out);
        }
    }
}

fn is_stored_notice(exchange: &Exchange) -> bool {
    exchange.operation == Operation::StoreNotice && exchange.accepted
}

/// The identifier is the sender's own or the permanent one: it stands in the request or in the answer.
fn check_entry(entry: &LogEntry, stored: &Exchange, out: &mut Findings<'_>) {
    let disclosure = entry.disclosure.as_ref();
    if disclosure.and_then(|disclosure| disclosure.channel) == Some(Channel::ThroughArchive) {
        return;
    }
    let spot = place(&entry.at("/disclosure/noticeId"));
    match disclosure.and_then(|disclosure| disclosure.notice.as_deref()) {
        None => out.add(CODE, &spot, "the identifier of the notice", "none"),
        Some(notice) if !is_named(notice, stored) => {
            out.add(CODE, &spot, "the notice that this request stored", notice);
        }
        Some(_) => {}
    }
}

fn is_named(notice: &str, stored: &Exchange) -> bool {
    let holds = |body: &[u8]| String::from_utf8_lossy(body).contains(notice);
    holds(stored.request.body.bytes()) || stored.answer.as_ref().is_some_and(|answer| holds(answer.body.bytes()))
}
