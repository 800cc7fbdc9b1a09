//! One request with notices under work.

use axum::http::StatusCode;
use serde_json::Value;

use super::answers::{issue, json_answer, outcome};
use super::request::{context, grounds, is_repeated, refusal, request_of, withheld, without_repetition};
use crate::domain::{Fault, FindingCode, Operation, RefusalGround};
use crate::kanta::archive::{ArchiveError, KeptResource, NewResource};
use crate::kanta::core::Core;
use crate::kanta::exchange::{Arrival, ExchangeRecord, FOREIGN_CODE, Reply, ServiceAnswer};
use crate::kanta::fault_reply::PlannedFault;
use crate::kanta::knowledge::LiveKnowledge;
use crate::reading::{NoticeReading, content_digest, persons, read_notice, request_id};
use crate::rule::Finding;
use crate::rule::facts::{Handling, of_notice};
use crate::rule::notice;
use crate::wire::fhir::{BundleEntry, ResourceKind, transaction_response};

/// A request under work.
pub(super) struct NoticeCall<'a> {
    pub(super) core: &'a Core,
    arrival: &'a Arrival,
    reading: NoticeReading,
}

impl<'a> NoticeCall<'a> {
    pub(super) fn new(core: &'a Core, arrival: &'a Arrival) -> Self {
        Self { core, arrival, reading: read_notice(request_of(arrival), &core.profile) }
    }

    /// Does the work, or plays the fault that is planned for it, one of the `playable`.
    pub(super) fn run(&self, playable: &[Fault]) -> Result<(ExchangeRecord, Reply), ArchiveError> {
        if self.arrival.is_withheld() {
            return Ok((self.record(vec![FOREIGN_CODE.into()]), Reply::Answer(withheld(self.core))));
        }
        let persons = persons(&self.reading);
        let planned = PlannedFault::take(self.core, self.arrival, playable, &persons, Operation::StoreNotice);
        let handled = match planned.instead() {
            Some(fault) => {
                self.learn(Handling::NotReached)?;
                self.play(fault)
            }
            None => self.answer()?,
        };
        Ok(planned.shown_in(handled))
    }

    fn answer(&self) -> Result<(ExchangeRecord, Reply), ArchiveError> {
        let resources = self.resources();
        let findings = without_repetition(self.judge(), is_repeated(self.core, &self.reading));
        let grounds = grounds(&findings);
        if !grounds.is_empty() {
            self.learn(self.record(grounds.clone()).handling())?;
            let answer = refusal(self.core, self.reading.body.is_ok(), &grounds, &findings);
            return Ok((self.record(grounds), Reply::Answer(answer)));
        }
        let request = self.request_id().unwrap_or_default();
        let facts = of_notice(&self.reading, Handling::Done);
        match self.core.archive.keep_resources(&resources, request, self.arrival.received, &facts) {
            Ok(kept) => {
                // Whether everything in the request was in the archive already, with the same content.
                let repeated = !kept.is_empty() && kept.iter().all(|kept| !kept.is_new);
                let record = ExchangeRecord { accepted: true, repeated, ..self.record(Vec::new()) };
                Ok((record, Reply::Answer(self.stored(&resources, &kept))))
            }
            Err(ArchiveError::Taken(id)) => {
                self.learn(Handling::Answered)?;
                Ok(self.taken(&id))
            }
            Err(error) => Err(error),
        }
    }

    fn judge(&self) -> Vec<Finding> {
        let known = LiveKnowledge::new(self.core, "");
        notice::judge(&self.reading, &context(self.core, self.arrival, &known))
    }

    fn learn(&self, handling: Handling) -> Result<(), ArchiveError> {
        self.core.archive.learn(&of_notice(&self.reading, handling))
    }

    fn resources(&self) -> Vec<NewResource> {
        let Some(bundle) = self.reading.bundle() else { return Vec::new() };
        let persons = persons(&self.reading);
        let texts = bundle.json["entry"].as_array().map_or(&[][..], Vec::as_slice);
        let resource = |(entry, json): (&BundleEntry, &Value)| {
            let kind = match &entry.kind {
                ResourceKind::AuditEvent => "AuditEvent",
                ResourceKind::Provenance => "Provenance",
                ResourceKind::Other(kind) => kind,
            };
            let digest = content_digest(&json["resource"])?;
            let id = entry.id.as_ref()?.value.clone();
            Some(NewResource { kind: kind.to_owned(), id, digest, persons: persons.clone() })
        };
        bundle.entries.iter().zip(texts).filter_map(resource).collect()
    }

    fn stored(&self, resources: &[NewResource], kept: &[KeptResource]) -> ServiceAnswer {
        let receiver = &self.core.profile.party.receiver;
        let location =
            |(new, kept): (&NewResource, &KeptResource)| format!("{}/{receiver}.2.{}", new.kind, kept.number);
        let locations: Vec<String> = resources.iter().zip(kept).map(location).collect();
        let stored = kept.first().map_or(self.arrival.received, |kept| kept.stored);
        json_answer(StatusCode::OK, &transaction_response(&locations, stored))
    }

    /// Another connection brought a notice with this identifier at the same moment.
    fn taken(&self, id: &str) -> (ExchangeRecord, Reply) {
        let text = format!("[notice-id-reused] {id} is stored already with other content");
        let answer = outcome(StatusCode::CONFLICT, &[issue(self.core, "integrity", text, None)]);
        (self.record(vec![FindingCode::NoticeIdReused.into()]), Reply::Answer(answer))
    }

    /// The record of a refusal on these grounds.
    pub(super) fn record(&self, grounds: Vec<RefusalGround>) -> ExchangeRecord {
        ExchangeRecord {
            operation: Operation::StoreNotice,
            persons: persons(&self.reading),
            message_id: self.request_id().map(str::to_owned),
            refused_for: grounds,
            ..ExchangeRecord::default()
        }
    }

    fn request_id(&self) -> Option<&str> {
        request_id(&self.reading)
    }
}
