//! The entry of a disclosure names the recipient.

use super::UseLogCase;
use super::registry::place;
use crate::domain::Operation;
use crate::rule::Findings;

pub(super) fn check(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    let calls = case.calls();
    for entry in case.entries() {
        let mut exchanges = entry.call().and_then(|call| calls.get(call)).into_iter().flatten();
        let sent_notice = exchanges.any(|exchange| exchange.operation == Operation::StoreNotice);
        let recipient = entry.disclosure.as_ref().and_then(|disclosure| disclosure.recipient.as_ref());
        if (sent_notice || entry.is_disclosure()) && recipient.is_none() {
            out.add("log-recipient-missing", &place(&entry.at("/disclosure/recipient")), "the recipient", "none");
        }
    }
}
