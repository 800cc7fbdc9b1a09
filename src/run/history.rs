//! What Kanta knew before each message of a scenario: the state, folded from the plan and the evidence before it.

use super::planting::planted;
use super::rules::Rules;
use crate::evidence::{ActionRecord, Exchange, RequestKind};
use crate::profile::Profile;
use crate::rule::expectation::ExchangeReading;
use crate::rule::facts::{Handling, of_declarations, of_message, of_notice};
use crate::rule::message::ArchiveContext;
use crate::rule::notice::NoticeContext;
use crate::scenario::{Plan, PlannedDeclaration};
use crate::state::{ArchiveKnowledge, ArchiveState, Fact, OrganisationView};

/// The state before the next message.
#[derive(Debug, Default)]
pub(super) struct History {
    state: ArchiveState,
}

impl History {
    /// What is known when a scenario begins. A document that the archive could not have held is not there.
    pub fn of_plan(plan: &Plan, profile: &Profile) -> Self {
        let granted = Fact::AccessGranted {
            producer: plan.controllers.own.clone(),
            organiser: plan.controllers.organiser.clone(),
        };
        let documents = plan.planted.iter().filter_map(|document| planted(document, profile).fact(profile).ok());
        let declarations = plan.declared.iter().cloned().map(declared);
        let facts: Vec<Fact> = std::iter::once(granted).chain(documents).chain(declarations).collect();
        Self::since(ArchiveState::of(&facts))
    }

    /// What follows on `state`.
    pub fn since(state: ArchiveState) -> Self {
        Self { state }
    }

    /// The state now.
    pub fn into_state(self) -> ArchiveState {
        self.state
    }

    /// Learns what Kanta did with a message.
    pub fn learn(&mut self, exchange: &Exchange, reading: &ExchangeReading, profile: &Profile) {
        let handling = handling(exchange);
        let facts = match reading {
            ExchangeReading::Archive(reading) => of_message(reading, profile, handling),
            ExchangeReading::Notice(reading) => of_notice(reading, handling),
            ExchangeReading::Declaration(reading) => of_declarations(reading, handling),
            ExchangeReading::Other => Vec::new(),
        };
        self.state.learn_all(&facts);
    }

    /// Learns that the archivist has nullified the document of `action`.
    pub fn learn_nullification(&mut self, action: &ActionRecord) {
        let id = action.parameters["document"].as_str().unwrap_or_default();
        if let Some(set_id) = self.state.set_of(id).map(str::to_owned) {
            self.state.learn(&Fact::Nullified { set_id });
        }
    }

    /// What the organisation with this OID may know.
    pub fn seen_by<'a>(&'a self, organisation: &'a str, rules: &'a Rules) -> OrganisationView<'a> {
        self.state.seen_by(organisation, &rules.profile)
    }
}

/// What Kanta did with the message of an exchange.
fn handling(exchange: &Exchange) -> Handling {
    let is_archive = exchange.service.requests() == RequestKind::ArchiveMessage;
    match exchange.fault {
        Some(fault) if is_archive && fault.refuses_for_good() => Handling::Answered,
        Some(fault) if !fault.comes_after_the_work() => Handling::NotReached,
        _ if exchange.accepted && !(is_archive && exchange.repeated) => Handling::Done,
        _ => Handling::Answered,
    }
}

fn declared(declaration: PlannedDeclaration) -> Fact {
    let PlannedDeclaration { id, person, declared } = declaration;
    Fact::Declared { id, person, declared }
}

/// What a message to the archive is judged by.
pub(super) fn archive_context<'a>(
    exchange: &'a Exchange,
    rules: &'a Rules,
    known: &'a dyn ArchiveKnowledge,
) -> ArchiveContext<'a> {
    ArchiveContext {
        profile: &rules.profile,
        catalogue: &rules.catalogue,
        strictness: rules.strictness,
        schemas: &rules.schemas,
        trust: &rules.trust,
        caller: &exchange.caller,
        known,
        now: exchange.received,
    }
}

/// What a request to the FHIR root is judged by.
pub(super) fn notice_context<'a>(
    exchange: &'a Exchange,
    rules: &'a Rules,
    known: &'a dyn ArchiveKnowledge,
) -> NoticeContext<'a> {
    NoticeContext {
        profile: &rules.profile,
        catalogue: &rules.catalogue,
        strictness: rules.strictness,
        trust: &rules.trust,
        now: exchange.received,
        audience: &rules.audience,
        known,
        exchange: Some(exchange.number),
    }
}
