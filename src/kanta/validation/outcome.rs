//! What the rules say about a frame and its document.

use super::request::Request;
use crate::domain::Severity;
use crate::kanta::core::Core;
use crate::kanta::exchange::{Arrival, ExchangeRecord, each_once};
use crate::reading::{ArchiveReading, read_texts};
use crate::rule::Finding;
use crate::rule::message::{ArchiveContext, judge};
use crate::state::UnknownArchive;

/// What was found.
pub(super) struct ValidationOutcome {
    pub findings: Vec<Finding>,
    /// The service request of the frame, where it is not the one that the request names.
    pub other_service_request: Option<String>,
    /// What the evidence tells of it.
    pub record: ExchangeRecord,
}

/// Judges `request`. The archive is not asked: nothing counts as missing there.
pub(super) fn judged(core: &Core, arrival: &Arrival, request: &Request) -> ValidationOutcome {
    let reading = read_texts(&request.frame, &request.document, &core.limits);
    let context = ArchiveContext {
        profile: &core.profile,
        catalogue: &core.catalogue,
        strictness: core.strictness,
        schemas: &core.schemas,
        trust: &core.trust,
        caller: &arrival.caller,
        known: &UnknownArchive,
        now: arrival.received,
    };
    let findings = judge(&reading, &context, Some(arrival.number));
    let other_service_request = other_service_request(core, &reading, request);
    let failed = findings.iter().filter(|finding| finding.severity == Severity::Fail);
    let grounds = each_once(failed.map(|finding| finding.code.into()));
    let record = ExchangeRecord {
        operation: reading.operation(&core.profile),
        persons: reading.persons(&core.profile),
        accepted: grounds.is_empty() && other_service_request.is_none(),
        refused_for: grounds,
        ..ExchangeRecord::default()
    };
    ValidationOutcome { findings, other_service_request, record }
}

/// What the frame asks, where the request says something else. A frame that asks nothing known has a
/// finding of its own.
fn other_service_request(core: &Core, reading: &ArchiveReading, request: &Request) -> Option<String> {
    let mut codes = reading.frame()?.reason_codes.iter().filter(|code| core.profile.service_request(code).is_some());
    let asked = codes.next()?.code.clone();
    (asked != request.service_request).then_some(asked)
}
