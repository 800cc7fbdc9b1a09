//! One message under work: what it is, whether it came before, what the rules say, what is done.

use std::sync::Arc;

use axum::http::StatusCode;

use super::soap_fault::{fault, version_of};
use crate::domain::{Fault, FindingCode, Operation, RefusalGround};
use crate::kanta::archive::{AnsweredMessage, ArchiveError, Change};
use crate::kanta::core::Core;
use crate::kanta::exchange::{Arrival, ExchangeRecord, FOREIGN_CODE, Reply, ServiceAnswer};
use crate::kanta::fault_reply::PlannedFault;
use crate::kanta::knowledge::LiveKnowledge;
use crate::kanta::open_queries::OpenQuery;
use crate::reading::ArchiveReading;
use crate::rule::Finding;
use crate::rule::facts::{Handling, of_message};
use crate::rule::message::{ArchiveContext, judge};
use crate::state::Fact;
use crate::wire::hl7::answer::AcknowledgementCode;
use crate::wire::soap::{self, FaultSide, SoapVersion};
use crate::wire::xml::ReadErrorKind;

/// Most results of an answer in small pages.
const SMALL_PAGE: usize = 2;

/// A message under work.
pub(super) struct ArchiveCall<'a> {
    pub(super) core: &'a Core,
    pub(super) arrival: &'a Arrival,
    pub(super) reading: &'a ArchiveReading,
    pub(super) operation: Operation,
    /// Identity codes of the persons it concerns.
    pub(super) persons: Vec<String>,
    /// The query that it continues, where that is open.
    pub(super) continued: Option<Arc<OpenQuery>>,
    /// Version of the envelope that the answer gets.
    soap: SoapVersion,
}

/// What was decided about a message.
pub(super) struct Decision {
    pub(super) record: ExchangeRecord,
    pub(super) change: Change,
    /// The answer's message element.
    pub(super) answer: String,
}

impl<'a> ArchiveCall<'a> {
    pub(super) fn new(core: &'a Core, arrival: &'a Arrival, reading: &'a ArchiveReading) -> Result<Self, ArchiveError> {
        let of_envelope = reading.message.as_ref().ok().and_then(|message| message.soap);
        let mut work = Self {
            core,
            arrival,
            reading,
            operation: reading.operation(&core.profile),
            persons: reading.persons(&core.profile),
            continued: None,
            soap: of_envelope.unwrap_or_else(|| version_of(arrival)),
        };
        if let (true, Some(document)) = (work.persons.is_empty(), work.parameter(&core.profile.query.document)) {
            work.persons = core.archive.persons_of(document)?;
        }
        if let Some(id) = reading.continuation().and_then(|continuation| continuation.query.as_ref()) {
            let (now, bounds) = (arrival.received, &core.profile.query);
            work.continued = core.open_queries.find(&work.key(&id.value), now, bounds);
            work.persons.extend(work.continued.iter().flat_map(|open| open.persons.clone()));
        }
        Ok(work)
    }

    /// Does the work, or plays the fault that is planned for it, one of the `playable`.
    pub(super) fn run(&self, playable: &[Fault]) -> Result<(ExchangeRecord, Reply), ArchiveError> {
        if let Err(error) = &self.reading.message {
            let ground = if self.arrival.is_withheld() { FOREIGN_CODE } else { FindingCode::MessageUnreadable };
            let answer = fault(self.soap, side(&error.kind), &format!("[{ground}] {}", error.kind));
            return Ok((self.record(ground), Reply::Answer(answer)));
        }
        if self.arrival.is_withheld() {
            let detail = self.error_detail(
                &FOREIGN_CODE.into(),
                "an identity code outside the 900 series stands in the message",
                None,
            );
            let answer = self.acknowledged(AcknowledgementCode::Error, vec![detail]);
            return Ok((self.record(FOREIGN_CODE), Reply::Answer(self.wrapped(&answer))));
        }
        let planned = PlannedFault::take(self.core, self.arrival, playable, &self.persons, self.operation);
        let handled = match planned.instead() {
            Some(fault) => self.play(fault)?,
            None => self.answer(planned.fault())?,
        };
        Ok(planned.shown_in(handled))
    }

    fn answer(&self, planned: Option<Fault>) -> Result<(ExchangeRecord, Reply), ArchiveError> {
        let mut taken = None;
        loop {
            let earlier = self.earlier()?;
            let repeated =
                earlier.as_ref().is_some_and(|earlier| Some(earlier.digest.as_str()) == self.reading.message_digest());
            if let Some((first, answer)) = earlier.as_ref().and_then(|first| Some((first, first.answer.clone()?)))
                && repeated
            {
                return Ok(self.first_answer(first, &answer));
            }
            let mut decision = self.decide(taken.as_ref(), planned)?;
            decision.record.repeated = repeated;
            match self.conclude(&decision, earlier.is_none()) {
                Ok(()) => return Ok((decision.record, Reply::Answer(self.wrapped(&decision.answer)))),
                // Another connection brought the same message or document at the same moment.
                Err(error @ (ArchiveError::Taken(_) | ArchiveError::Forked { .. })) if taken.is_none() => {
                    taken = Some(error);
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn decide(&self, taken: Option<&ArchiveError>, planned: Option<Fault>) -> Result<Decision, ArchiveError> {
        let findings = self.judge();
        match (self.operation, self.reading.query(), self.reading.continuation()) {
            (operation, Some(query), _) if operation.searches() => {
                let small = planned == Some(Fault::SmallPages);
                self.query(query, &findings, if small { SMALL_PAGE } else { usize::MAX })
            }
            (Operation::ContinueQuery, _, Some(continuation)) => self.continuation(continuation, &findings),
            _ => Ok(self.change(&findings, taken)),
        }
    }

    fn judge(&self) -> Vec<Finding> {
        let known = LiveKnowledge::new(self.core, self.sender());
        let context = ArchiveContext {
            profile: &self.core.profile,
            catalogue: &self.core.catalogue,
            strictness: self.core.strictness,
            schemas: &self.core.schemas,
            trust: &self.core.trust,
            caller: &self.arrival.caller,
            known: &known,
            now: self.arrival.received,
        };
        judge(self.reading, &context, Some(self.arrival.number))
    }

    /// Makes the change, takes in what follows from it and keeps the answer, so that the same message gets it again. Answers to
    /// queries are not kept: they are found anew.
    pub(super) fn conclude(&self, decision: &Decision, first: bool) -> Result<(), ArchiveError> {
        let id = self.reading.message_id().filter(|_| first).map(|id| id.to_string());
        let message = AnsweredMessage {
            digest: self.reading.message_digest().unwrap_or_default().to_owned(),
            accepted: decision.record.accepted,
            refused_for: decision.record.refused_for.clone(),
            answer: (!self.reading.asks()).then(|| decision.answer.clone()),
        };
        let facts = self.facts(decision.record.handling());
        self.core.archive.apply(&decision.change, id.as_deref().map(|id| (id, &message)), &facts)
    }

    /// What the message made happen.
    pub(super) fn facts(&self, handling: Handling) -> Vec<Fact> {
        of_message(self.reading, &self.core.profile, handling)
    }

    fn first_answer(&self, first: &AnsweredMessage, answer: &str) -> (ExchangeRecord, Reply) {
        let record = ExchangeRecord {
            accepted: first.accepted,
            refused_for: first.refused_for.clone(),
            repeated: true,
            ..self.blank_record()
        };
        (record, Reply::Answer(self.wrapped(answer)))
    }

    fn earlier(&self) -> Result<Option<AnsweredMessage>, ArchiveError> {
        let id = self.reading.message_id();
        id.map_or(Ok(None), |id| self.core.archive.message(&id.to_string()))
    }

    /// The answer with this message element.
    pub(super) fn wrapped(&self, message: &str) -> ServiceAnswer {
        ServiceAnswer::new(StatusCode::OK, self.soap.content_type(), soap::wrap(self.soap, message))
    }

    /// A SOAP fault of the service.
    pub(super) fn service_fault(&self, reason: &str) -> ServiceAnswer {
        fault(self.soap, FaultSide::Service, reason)
    }

    /// OID of the organisation that asks.
    pub(super) fn sender(&self) -> &str {
        self.reading.organisation(&self.arrival.caller)
    }

    /// What the query says under `name`.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        let parameters = &self.reading.query()?.parameters;
        parameters.iter().find(|parameter| parameter.name == name).map(|parameter| parameter.main.as_str())
    }

    /// A record that tells who and what, and no outcome.
    pub(super) fn blank_record(&self) -> ExchangeRecord {
        ExchangeRecord {
            operation: self.operation,
            persons: self.persons.clone(),
            message_id: self.reading.message_id().map(|id| id.to_string()),
            ..ExchangeRecord::default()
        }
    }

    /// The same of a refusal on one ground.
    pub(super) fn record(&self, ground: impl Into<RefusalGround>) -> ExchangeRecord {
        ExchangeRecord { refused_for: vec![ground.into()], ..self.blank_record() }
    }
}

/// Which kind of fault says that a message cannot be read.
fn side(kind: &ReadErrorKind) -> FaultSide {
    match kind {
        ReadErrorKind::EnvelopeVersion(_) => FaultSide::Version,
        ReadErrorKind::NotUnderstood(_) => FaultSide::Header,
        _ => FaultSide::Caller,
    }
}
