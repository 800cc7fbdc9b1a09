//! The evidence of one scenario, read once for all its expectations.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::evidence::{ActionRecord, Exchange, Snapshot, UseLogRecord};
use crate::profile::Profile;
use crate::reading::{ArchiveReading, DeclarationReading, NoticeReading};

/// What one exchange was read as.
#[derive(Debug)]
pub enum ExchangeReading {
    /// A message to the archive.
    Archive(Box<ArchiveReading>),
    /// A request to the FHIR root with notices, or without anything that it takes.
    Notice(Box<NoticeReading>),
    /// A request to the FHIR root with declarations of intent.
    Declaration(Box<DeclarationReading>),
    /// None of them.
    Other,
}

/// An exchange with what it was read as and the step it belongs to.
#[derive(Debug)]
pub struct ReadExchange<'a> {
    pub exchange: &'a Exchange,
    /// The step during which it arrived.
    pub step: Option<&'a str>,
    /// What it was read as.
    pub reading: ExchangeReading,
}

/// What a scenario calls a document by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentName {
    /// The text that only this document holds.
    pub marker: String,
    /// Identifier of its first version, where it is known: planted documents and finished steps.
    pub set_id: Option<String>,
}

/// The evidence of one scenario.
#[derive(Debug)]
pub struct ScenarioEvidence<'a> {
    /// Its exchanges, in order of arrival.
    pub exchanges: Vec<ReadExchange<'a>>,
    /// Its actions, in order.
    pub actions: Vec<&'a ActionRecord>,
    /// The use logs that its steps asked for.
    pub logs: Vec<&'a UseLogRecord>,
    /// What the archive held at the end.
    pub snapshot: Option<&'a Snapshot>,
    /// Its documents, by the name of the given document or of the step that made them.
    pub names: BTreeMap<String, DocumentName>,
    /// OIDs of the controllers of the run: own, other, organiser.
    pub controllers: BTreeMap<String, String>,
    pub profile: &'a Profile,
}

impl<'a> ScenarioEvidence<'a> {
    /// The action of a step.
    pub fn action(&self, step: &str) -> Option<&'a ActionRecord> {
        self.actions.iter().find(|action| action.step == step).copied()
    }

    /// The action of a step, where it succeeded.
    pub fn succeeded(&self, step: &str) -> Option<&'a ActionRecord> {
        self.action(step).filter(|action| action.has_succeeded())
    }

    /// The use log that a step gave.
    pub fn log(&self, step: &str) -> Option<&'a UseLogRecord> {
        self.logs.iter().find(|log| log.step == step).copied()
    }

    /// Whether `controller` is another one than the organisation of the system under test.
    pub fn is_foreign(&self, controller: &str) -> bool {
        self.controllers.get("own").is_some_and(|own| own != controller)
    }

    /// The exchanges of a step.
    pub fn of_step<'b>(&'b self, step: &'b str) -> impl Iterator<Item = &'b ReadExchange<'a>> + 'b {
        self.exchanges.iter().filter(move |read| read.step == Some(step))
    }

    /// The documents in the result of a step: `documents`, or the one `document`.
    pub fn shown_by(&self, step: &str) -> Vec<&'a Value> {
        let Some(action) = self.action(step) else { return Vec::new() };
        match (action.result.get("documents"), action.result.get("document")) {
            (Some(Value::Array(documents)), _) => documents.iter().collect(),
            (_, Some(document @ Value::Object(_))) => vec![document],
            _ => Vec::new(),
        }
    }
}

impl ReadExchange<'_> {
    /// Whether the document of the message holds `text` in its display form or its JSON.
    pub fn holds(&self, text: &str) -> bool {
        let ExchangeReading::Archive(reading) = &self.reading else { return false };
        let Some(Ok(document)) = &reading.document else { return false };
        let Some(body) = &document.body else { return false };
        [&body.display_form, &body.json]
            .into_iter()
            .flatten()
            .any(|part| part.value.as_ref().is_ok_and(|decoded| decoded.contains(text)))
    }
}
