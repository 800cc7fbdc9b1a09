//! Proves the way to the system before any verdict: the driver answers and speaks our version, and what
//! the system sends arrives. A fault of configuration is never a failure of conformance.

use serde_json::json;

use super::evidence_log::EvidenceLog;
use super::result::{Reason, ReasonCode, SystemFacts};
use crate::driver::{Capabilities, DriverError, HttpDriver};
use crate::evidence::{Channel, Entry, Exchange};
use crate::kanta::RunningKanta;
use crate::scenario::Action;

/// The identity code of the probe: a well-known test code of the 900 series.
const PROBE: &str = "010181-900C";

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
    let kept = |text: &str| crate::domain::mask_identity_codes(&text.chars().take(100).collect::<String>());
    SystemFacts { name: kept(&system.name), version: kept(&system.version), vendor: kept(&system.vendor) }
}

/// Examines the way to the system and back.
pub(super) async fn examine(driver: &HttpDriver, kanta: &RunningKanta, evidence: &EvidenceLog) -> Diagnosis {
    let capabilities = match driver.capabilities().await {
        Ok(capabilities) => capabilities,
        Err(error) => return Diagnosis::Broken(reason_of(&error)),
    };
    match probe(driver, kanta, evidence, &capabilities).await {
        None => Diagnosis::Ready(capabilities),
        Some(reason) => Diagnosis::Broken(reason),
    }
}

/// Asks for a search, then for a storage, until a message arrives. A system that can do neither is not
/// probed.
async fn probe(
    driver: &HttpDriver,
    kanta: &RunningKanta,
    evidence: &EvidenceLog,
    capabilities: &Capabilities,
) -> Option<Reason> {
    let person = json!({ "person": {
        "identity-code": PROBE, "family-name": "Koetin", "given-names": ["Testi"],
        "birth-date": "1981-01-01", "gender": "female",
    }});
    let _ = driver.perform(Action::KnowClient.name(), &person, "doctor-know").await;
    let probes = [
        (Action::SearchMetadata, json!({ "client": PROBE })),
        (Action::StoreClientRelationship, json!({ "client": PROBE, "marker": "KOE-DOCTOR" })),
    ];
    let mut reason = None;
    for (action, parameters) in probes.into_iter().filter(|(action, _)| can(capabilities, action.name())) {
        let (_, before) = evidence.exchanges_since(0);
        let answer = driver.perform(action.name(), &parameters, &format!("doctor-{}", action.name())).await;
        let (arrived, _) = evidence.exchanges_since(before);
        if arrived.iter().any(|entry| reached(entry)) {
            return None;
        }
        let refused = arrived.iter().find_map(|entry| handshake(entry));
        reason = match (refused, answer) {
            (Some(detail), _) => Some(Reason { code: ReasonCode::HandshakeRefused, detail }),
            (None, Ok(_)) => Some(Reason { code: ReasonCode::NothingArrived, detail: kanta.archive_url() }),
            // What a driver does in the end is judged by the scenarios, one by one.
            (None, Err(_)) => return None,
        };
    }
    reason
}

/// Whether an exchange is the doctor's own.
pub(super) fn is_probe(exchange: &Exchange) -> bool {
    exchange.persons.iter().any(|person| person == PROBE)
}

fn reached(entry: &Entry) -> bool {
    matches!(entry, Entry::Exchange(exchange) if exchange.channel != Channel::Handshake)
}

fn handshake(entry: &Entry) -> Option<String> {
    match entry {
        Entry::Exchange(exchange) if exchange.channel == Channel::Handshake => Some(exchange.refused_for.join(", ")),
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
        DriverError::TimedOut { .. } => ReasonCode::ActionTimedOut,
    };
    let detail = crate::domain::mask_identity_codes(&error.to_string());
    Reason { code, detail: detail.chars().filter(|letter| !letter.is_control()).take(400).collect() }
}
