//! Proves the way to the system before any verdict: the driver answers and speaks our version, and what
//! the system sends arrives. A fault of configuration is never a failure of conformance.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::action_keys::ActionKeys;
use super::evidence_log::EvidenceLog;
use super::lane::Lane;
use super::probe::{PROBE, cause_of};
use super::result::{Reason, ReasonCode, SystemFacts};
use super::shown::shown;
use crate::domain::RefusalGround;
use crate::driver::{ActionAnswer, Capabilities, DriverError};
use crate::evidence::{Entry, RequestKind};
use crate::kanta::RunningKanta;
use crate::scenario::Action;
use crate::words::said;

/// How long the doctor waits for what is about to be written down.
const MOMENT: Duration = Duration::from_secs(1);
/// Longest detail of a reason, in characters.
const LONGEST: usize = 400;

/// What the doctor found.
pub(super) enum Diagnosis {
    /// The way is open.
    Ready(Capabilities),
    /// It is not, and why.
    Broken(Reason),
}

/// The system as its driver names it.
pub(super) fn facts(capabilities: &Capabilities) -> SystemFacts {
    let system = &capabilities.system;
    let kept = |text: &str| shown(text, 100);
    SystemFacts { name: kept(&system.name), version: kept(&system.version), vendor: kept(&system.vendor) }
}

/// Examines the way to the system and back.
pub(super) async fn examine(lane: &Lane, keys: &ActionKeys) -> Diagnosis {
    let capabilities = match lane.driver.capabilities().await {
        Ok(capabilities) => capabilities,
        Err(error) => return Diagnosis::Broken(reason_of(&error)),
    };
    match probe(lane, keys, &capabilities).await {
        None => Diagnosis::Ready(capabilities),
        Some(reason) => Diagnosis::Broken(reason),
    }
}

/// Asks for a search, then for a storage, until a message arrives. A system that can do neither is not
/// probed.
async fn probe(lane: &Lane, keys: &ActionKeys, capabilities: &Capabilities) -> Option<Reason> {
    let Lane { name, driver, kanta, evidence, .. } = lane;
    let key = |action: Action| keys.key(&["doctor", name, action.name()]);
    let person = json!({ "person": {
        "identity-code": PROBE, "family-name": "Koetin", "given-names": ["Testi"],
        "birth-date": "1981-01-01", "gender": "female",
    }});
    let _ = driver.perform(Action::KnowClient.name(), &person, &key(Action::KnowClient)).await;
    let probes = [
        (Action::SearchMetadata, json!({ "client": PROBE })),
        (Action::StoreClientRelationship, json!({ "client": PROBE, "marker": "KOE-DOCTOR" })),
    ];
    let mut reason = None;
    for (action, parameters) in probes.into_iter().filter(|(action, _)| can(capabilities, action.name())) {
        let (_, before) = evidence.exchanges_since(0);
        let answer = driver.perform(action.name(), &parameters, &key(action)).await;
        let arrived = arrived(kanta, evidence, before).await;
        if arrived.iter().any(|entry| reached(entry)) {
            return None;
        }
        let refused = arrived.iter().find_map(|entry| handshake(entry));
        reason = match (refused, answer) {
            (Some(grounds), _) => Some(Reason { code: ReasonCode::HandshakeRefused, detail: cause_of(grounds) }),
            (None, Ok(answer)) => Some(nothing_arrived(&kanta.archive_url(), action, &answer)),
            // What a driver does in the end is judged by the scenarios, one by one.
            (None, Err(_)) => return None,
        };
    }
    reason
}

/// Why two lanes cannot be parts of one run, where they drive different systems: a report is about one.
pub(super) fn difference(first: &Capabilities, other: &Capabilities) -> Option<Reason> {
    let named = |capabilities: &Capabilities| {
        let system = facts(capabilities);
        format!("{} {} ({})", system.name, system.version, system.vendor)
    };
    let detail = match (named(first), named(other)) {
        (expected, actual) if expected != actual => format!("{expected} ≠ {actual}"),
        _ => actions_between(first, other)?,
    };
    Some(Reason { code: ReasonCode::LanesDiffer, detail: shown(&detail, LONGEST).into() })
}

/// The actions that only one of two systems offers.
fn actions_between(first: &Capabilities, other: &Capabilities) -> Option<String> {
    let of = |capabilities: &Capabilities| capabilities.actions.iter().cloned().collect::<BTreeSet<String>>();
    let different: Vec<String> = of(first).symmetric_difference(&of(other)).cloned().collect();
    (!different.is_empty()).then(|| different.join(", "))
}

/// What arrived after entry `before`. Where nothing did, a moment more is given: a client may see that its
/// handshake is refused before that is written down.
async fn arrived(kanta: &RunningKanta, evidence: &EvidenceLog, before: usize) -> Vec<Arc<Entry>> {
    let mut written = kanta.written();
    let (arrived, _) = evidence.exchanges_since(before);
    if !arrived.is_empty() {
        return arrived;
    }
    let _ = tokio::time::timeout(MOMENT, written.changed()).await;
    evidence.exchanges_since(before).0
}

fn nothing_arrived(url: &str, action: Action, answer: &ActionAnswer) -> Reason {
    let message = if answer.message.is_empty() { "—" } else { answer.message.as_str() };
    let told = format!("{url}; {}: {}: {message}", action.name(), answer.outcome.name());
    Reason { code: ReasonCode::NothingArrived, detail: shown(&told, LONGEST).into() }
}

fn reached(entry: &Entry) -> bool {
    matches!(entry, Entry::Exchange(exchange) if exchange.service.requests().is_sent_to_kanta())
}

fn handshake(entry: &Entry) -> Option<&[RefusalGround]> {
    match entry {
        Entry::Exchange(exchange) if exchange.service.requests() == RequestKind::Handshake => {
            Some(&exchange.refused_for)
        }
        _ => None,
    }
}

fn can(capabilities: &Capabilities, action: &str) -> bool {
    capabilities.actions.iter().any(|name| name == action)
}

/// The reason that a driver's error gives.
pub(super) fn reason_of(error: &DriverError) -> Reason {
    let code = match error {
        DriverError::Unreachable { .. } => ReasonCode::DriverUnreachable,
        DriverError::NotTrusted { .. } => ReasonCode::DriverNotTrusted,
        DriverError::Version { .. } => ReasonCode::DriverVersion,
        DriverError::Broken { .. } => ReasonCode::DriverBroken,
        DriverError::LogUnreadable { .. } => ReasonCode::LogUnreadable,
        DriverError::TimedOut { .. } | DriverError::Silent { .. } => ReasonCode::ActionTimedOut,
    };
    let detail = match error {
        // The words of the reason say the rest.
        DriverError::Unreachable { address, cause } | DriverError::NotTrusted { address, cause } => {
            said::cause_at(address, cause.clone())
        }
        other => other.said(),
    };
    Reason { code, detail: detail.map_values(&|value| shown(value, LONGEST)) }
}
