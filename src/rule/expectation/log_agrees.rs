//! The use log that the system gives agrees with the traffic and tells what a log must tell.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Case;
use crate::evidence::{ActionRecord, Exchange};
use crate::rule::{Findings, use_log};

/// The log given in a step is judged by the rules of the use log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogAgrees {
    /// The step that asks for the log.
    pub step: String,
}

impl LogAgrees {
    /// What it can find.
    pub const CODES: [&'static str; 16] = [
        "log-unreadable",
        "log-entry-missing",
        "log-entry-doubled",
        "log-request-unknown",
        "log-correlation-missing",
        "log-actor-missing",
        "log-purpose-missing",
        "log-object-missing",
        "log-outcome-wrong",
        "log-recipient-missing",
        "log-holds-token",
        "log-holds-document-text",
        "log-time-wrong",
        "log-notice-missing",
        "log-clock-skewed",
        "log-other-person",
    ];

    /// Hands the log, the traffic before it and the actions to the rules of the use log.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(action) = case.action(&self.step).filter(|action| action.outcome == "succeeded") else { return };
        let exchanges = before(case, action);
        let seen: BTreeSet<String> =
            case.exchanges.iter().filter_map(|read| read.exchange.message_id.clone()).collect();
        let persons: Vec<String> = case.actions.iter().flat_map(|action| clients(action)).collect();
        let forbidden: Vec<String> = case.names.values().map(|name| name.marker.clone()).collect();
        let log = use_log::read(action.result.get("entries").unwrap_or(&Value::Null));
        let earlier: Vec<&ActionRecord> =
            case.actions.iter().copied().filter(|other| other.started < action.started).collect();
        let logged = use_log::UseLogCase {
            log: &log,
            exchanges: &exchanges,
            actions: &earlier,
            seen: &seen,
            persons: &persons,
            forbidden: &forbidden,
            profile: case.profile,
        };
        use_log::check(&logged, out);
    }
}

/// What the log must tell: the messages that arrived before it was asked for.
fn before<'a>(case: &Case<'a>, action: &ActionRecord) -> Vec<&'a Exchange> {
    let calls = case.exchanges.iter().map(|read| read.exchange);
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
