//! Messages that are sent again, and how long Kanta asked to wait before.

use jiff::SignedDuration;

use super::{ReadExchange, ScenarioEvidence};
use crate::domain::Operation;
use crate::evidence::Exchange;

/// How long the answer asks to wait.
pub(super) fn asked_wait(exchange: &Exchange) -> Option<SignedDuration> {
    let seconds: i64 = exchange.answer.as_ref()?.header("retry-after")?.parse().ok()?;
    Some(SignedDuration::from_secs(seconds))
}

/// The next exchange with the same message. Every request with a notice has an identifier of its own.
pub(super) fn next_sending<'a, 'c>(
    evidence: &'a ScenarioEvidence<'c>,
    first: &Exchange,
) -> Option<&'a ReadExchange<'c>> {
    let is_next = |read: &&ReadExchange<'_>| {
        let same = read.exchange.message_id == first.message_id || first.operation == Operation::StoreNotice;
        read.exchange.number > first.number && read.exchange.operation == first.operation && same
    };
    evidence.exchanges.iter().find(is_next)
}
