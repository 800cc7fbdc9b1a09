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
        ReasonCode::CapabilityRequired => Outcome::Incomplete,
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
        ReasonCode::ExpectedFailure => Outcome::KnownFailure,
    }
}

/// The outcome of all of these. What was set up wrong is no excuse for what was judged a failure.
pub(super) fn of_all(outcomes: impl IntoIterator<Item = Outcome>) -> Outcome {
    let outcomes: Vec<Outcome> = outcomes.into_iter().collect();
    let has_failed = outcomes.contains(&Outcome::Fail);
    match Outcome::fold(outcomes) {
        Outcome::Configuration if has_failed => Outcome::Fail,
        folded => folded,
    }
}

/// What a reason makes of a scenario: a connection that was refused while it ran leaves it undecided.
fn of_scenario_reason(code: ReasonCode) -> Outcome {
    if code == ReasonCode::HandshakeRefused { Outcome::Inconclusive } else { of_reason(code) }
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
    let of_reason = reason.as_ref().map(|reason| of_scenario_reason(reason.code));
    let base = of_reason.unwrap_or(Outcome::Pass);
    let outcome = of_all(findings.iter().map(of_finding).chain([base]));
    ScenarioVerdict {
        id: scenario.id.clone(),
        area: scenario.area,
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
