//! The one fold: from findings and reasons to an outcome.

use super::result::{Reason, ReasonCode, ScenarioVerdict, StepVerdict};
use crate::domain::{Blame, Outcome, Severity};
use crate::rule::{Finding, FindingCode};
use crate::scenario::Scenario;

/// Notes that leave open what a failure would have told.
const LEFT_OPEN: [FindingCode; 1] = [FindingCode::SignatureNotJudged];

/// What one finding makes of the outcome.
pub(super) fn of_finding(finding: &Finding) -> Outcome {
    match (finding.severity, finding.blame) {
        (Severity::Note, _) if LEFT_OPEN.contains(&finding.code) => Outcome::Inconclusive,
        (Severity::Note, _) => Outcome::Pass,
        (_, Blame::Configuration) => Outcome::Configuration,
        (_, Blame::Harness | Blame::Scenario | Blame::SimulatedKanta) => Outcome::Error,
        (Severity::Warning, Blame::VendorSystem) => Outcome::Warning,
        (Severity::Fail, Blame::VendorSystem) => Outcome::Fail,
    }
}

/// What a reason makes of the outcome.
pub(super) fn of_reason(code: ReasonCode) -> Outcome {
    match code {
        ReasonCode::CapabilityMissing | ReasonCode::FaultNotPlayable => Outcome::NotApplicable,
        ReasonCode::ActionTimedOut
        | ReasonCode::DriverBroken
        | ReasonCode::RefusedForRemark
        | ReasonCode::DocumentAbsent
        | ReasonCode::Stopped => Outcome::Inconclusive,
        ReasonCode::DriverUnreachable
        | ReasonCode::DriverNotTrusted
        | ReasonCode::DriverVersion
        | ReasonCode::HandshakeRefused
        | ReasonCode::LanesDiffer
        | ReasonCode::NothingArrived
        | ReasonCode::LogUnreadable => Outcome::Configuration,
        ReasonCode::ProfileNotValid => Outcome::Review,
        ReasonCode::HarnessBroken => Outcome::Error,
        ReasonCode::UnexpectedPass => Outcome::Fail,
        ReasonCode::ExpectedFailure => Outcome::Warning,
    }
}

/// The verdict of a scenario from all that was found.
pub(super) fn verdict(
    scenario: &Scenario,
    mut findings: Vec<Finding>,
    steps: Vec<StepVerdict>,
    exchanges: Vec<u64>,
    reason: Option<Reason>,
    milliseconds: u64,
) -> ScenarioVerdict {
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let of_reason = reason.as_ref().map(|reason| of_reason(reason.code));
    let base = of_reason.unwrap_or(Outcome::Pass);
    let outcome = Outcome::fold(findings.iter().map(of_finding).chain([base]));
    ScenarioVerdict {
        id: scenario.id.clone(),
        area: scenario.area.to_string(),
        title: scenario.title.clone(),
        purpose: scenario.purpose.clone(),
        source: scenario.source.clone(),
        requirements: scenario.requirements.clone(),
        outcome,
        reason,
        findings,
        steps,
        exchanges,
        milliseconds,
    }
}
