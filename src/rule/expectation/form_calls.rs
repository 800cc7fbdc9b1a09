//! Calls of the service of forms.

use super::{ReadExchange, ScenarioEvidence};
use crate::evidence::Exchange;

/// The service of forms, by its id.
const SERVICE: &str = "forms";

/// What the service of forms did, in order of arrival.
pub(super) fn form_calls<'c>(evidence: &'c ScenarioEvidence<'_>) -> impl Iterator<Item = &'c Exchange> {
    let done = |read: &&ReadExchange<'_>| read.exchange.service.id() == SERVICE && read.exchange.accepted;
    evidence.exchanges.iter().filter(done).map(|read| read.exchange)
}

/// Whether a body holds the marker of a form.
pub(super) fn holds(body: &[u8], marker: &str) -> bool {
    memchr::memmem::find(body, marker.as_bytes()).is_some()
}
