//! One message with the action that asked for it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::domain::Operation;
use crate::evidence::{ActionRecord, Exchange};
use crate::profile::Profile;
use crate::reading::ArchiveReading;
use crate::rule::expectation::{ExchangeReading, ReadExchange, ScenarioEvidence};
use crate::rule::{Catalogue, Strictness, Subject};
use crate::wire::cda::ClinicalDocument;

/// Rules about a message and the action that asked for it.
pub(in crate::rule) enum ActionSubject {}

impl Subject for ActionSubject {
    type Of<'a> = Asked<'a>;
}

/// What the rules are judged by.
#[derive(Debug, Clone, Copy)]
pub struct ActionContext<'a> {
    /// Values of the specification's version.
    pub profile: &'a Profile,
    /// Requirements and findings.
    pub catalogue: &'a Catalogue,
    /// How broken assumptions count.
    pub strictness: Strictness,
}

/// A message, the action that asked for it, and what was known before.
pub(in crate::rule) struct Asked<'a> {
    pub action: &'a ActionRecord,
    /// Every action of the scenario that records disclosures.
    pub recorded: Vec<&'a ActionRecord>,
    pub exchange: &'a Exchange,
    pub read: &'a ReadExchange<'a>,
    pub reading: &'a ExchangeReading,
    /// The persons that the system was told of, as they were told, by identity code.
    pub persons: BTreeMap<&'a str, &'a Value>,
    /// The documents that the system sent before.
    pub earlier: Vec<&'a ClinicalDocument>,
    pub profile: &'a Profile,
}

/// The message of an exchange with its document.
pub(super) struct AskedDocument<'a> {
    pub reading: &'a ArchiveReading,
    pub document: &'a ClinicalDocument,
}

impl<'a> Asked<'a> {
    /// Every message of a scenario that was asked for, each once.
    pub fn of_scenario(evidence: &'a ScenarioEvidence<'a>) -> Vec<Self> {
        let sent = evidence.exchanges.iter().filter(|read| !read.exchange.repeated);
        sent.filter_map(|read| Self::of_exchange(read, evidence)).collect()
    }

    fn of_exchange(read: &'a ReadExchange<'a>, evidence: &'a ScenarioEvidence<'a>) -> Option<Self> {
        let marker = |action: &'a ActionRecord| action.parameters.get("marker").and_then(Value::as_str);
        let holds = |action: &&&'a ActionRecord| marker(action).is_some_and(|marker| read.holds(marker));
        let of_marker = evidence.actions.iter().filter(|action| action.started <= read.exchange.received).find(holds);
        let action = of_marker.copied().or_else(|| evidence.action(read.step?))?;
        let told = evidence.actions.iter().filter_map(|action| action.parameters.get("person"));
        Some(Self {
            action,
            recorded: evidence
                .actions
                .iter()
                .copied()
                .filter(|action| action.parameters.get("events").is_some())
                .collect(),
            exchange: read.exchange,
            read,
            reading: &read.reading,
            persons: told.filter_map(|person| Some((person["identity-code"].as_str()?, person))).collect(),
            earlier: earlier(read.exchange, evidence),
            profile: evidence.profile,
        })
    }

    /// The document that the message brings to the archive.
    pub fn stored(&self) -> Option<AskedDocument<'a>> {
        let ExchangeReading::Archive(reading) = self.reading else { return None };
        let brings = matches!(self.exchange.operation, Operation::Store | Operation::Correct);
        Some(AskedDocument { reading, document: reading.document().filter(|_| brings)? })
    }

    /// Whether the message holds the marker of its action.
    pub fn holds_marker(&self) -> bool {
        self.text("marker").is_none_or(|marker| self.read.holds(marker))
    }

    /// A text parameter of the action.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.action.parameters.get(name).and_then(Value::as_str)
    }
}

fn earlier<'a>(exchange: &Exchange, evidence: &'a ScenarioEvidence<'a>) -> Vec<&'a ClinicalDocument> {
    let before =
        evidence.exchanges.iter().filter(|read| read.exchange.number < exchange.number && read.exchange.accepted);
    let document = |read: &'a ReadExchange<'a>| match &read.reading {
        ExchangeReading::Archive(reading) => reading.document(),
        _ => None,
    };
    before.filter_map(document).collect()
}
