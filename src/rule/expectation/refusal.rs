//! What the log-register service refused.

use crate::evidence::{Exchange, RequestKind};

/// The body of the answer that refused a notice; `None` where none was refused.
pub(super) fn refusal(exchange: &Exchange) -> Option<&[u8]> {
    let refused = exchange.service.requests() == RequestKind::FhirBundle && !exchange.accepted;
    exchange.answer.as_ref().filter(|_| refused).map(|answer| answer.body.bytes())
}
