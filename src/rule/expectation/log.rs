//! The use log that the system gives agrees with the traffic and tells what a log must tell.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{ExpectationKind, Expected, MemberReader, ScenarioEvidence};
use crate::evidence::{ActionRecord, Exchange};
use crate::reading::read_use_log;
use crate::rule::{FindingCode, Findings, use_log};

/// What `see = "log"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "log",
    sentence: "the use log that the step gave agrees with the traffic and tells what it must",
    members: &[],
    codes: &[
        FindingCode::LogUnreadable,
        FindingCode::LogEntryMissing,
        FindingCode::LogEntryDoubled,
        FindingCode::LogRequestUnknown,
        FindingCode::LogCorrelationMissing,
        FindingCode::LogActorMissing,
        FindingCode::LogPurposeMissing,
        FindingCode::LogObjectMissing,
        FindingCode::LogOutcomeWrong,
        FindingCode::LogRecipientMissing,
        FindingCode::LogHoldsToken,
        FindingCode::LogHoldsDocumentText,
        FindingCode::LogTimeWrong,
        FindingCode::LogNoticeMissing,
        FindingCode::LogClockSkewed,
        FindingCode::LogOtherPerson,
    ],
    read: read_members,
};

/// The log given in a step is judged by the rules of the use log.
#[derive(Debug)]
struct LogAgrees;

fn read_members(_: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(LogAgrees))
}

impl Expected for LogAgrees {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// Hands the log, the traffic before it and the actions to the rules of the use log.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(action) = evidence.succeeded(step) else { return };
        let exchanges = before(evidence, action);
        let seen: BTreeSet<String> =
            evidence.exchanges.iter().filter_map(|read| read.exchange.message_id.clone()).collect();
        let persons: Vec<String> = evidence.actions.iter().flat_map(|action| clients(action)).collect();
        let forbidden: Vec<String> = evidence.names.values().map(|name| name.marker.clone()).collect();
        let log = read_use_log(evidence.log(step).map_or(&Value::Null, |log| &log.entries));
        let earlier: Vec<&ActionRecord> =
            evidence.actions.iter().copied().filter(|other| other.started < action.started).collect();
        let logged = use_log::UseLogCase {
            log: &log,
            exchanges: &exchanges,
            actions: &earlier,
            seen: &seen,
            persons: &persons,
            forbidden: &forbidden,
            profile: evidence.profile,
        };
        use_log::check(&logged, out);
    }
}

/// What the log must tell: the messages that arrived before it was asked for.
fn before<'a>(evidence: &ScenarioEvidence<'a>, action: &ActionRecord) -> Vec<&'a Exchange> {
    let calls = evidence.exchanges.iter().map(|read| read.exchange);
    let told = |exchange: &&Exchange| exchange.service.requests().is_message() && exchange.received < action.started;
    calls.filter(told).collect()
}

/// Identity codes of the clients that an action is about.
fn clients(action: &ActionRecord) -> Vec<String> {
    let parameters = &action.parameters;
    let events = parameters.get("events").and_then(Value::as_array);
    let named = events.into_iter().flatten().map(|event| event.get("client"));
    let direct = [parameters.get("client"), parameters.pointer("/person/identity-code")];
    let codes = named.chain(direct).flatten().filter_map(Value::as_str);
    codes.map(str::to_owned).collect()
}
