//! The answer with everything that was found: stages, counts, and each finding with its requirement,
//! test and place.

use axum::http::StatusCode;
use serde::Serialize;
use serde_json::json;

use super::outcome::{ValidationOutcome, judged};
use super::request::{NoRequest, Request};
use crate::domain::{Operation, RefusalGround, ServiceGround, Severity};
use crate::kanta::core::Core;
use crate::kanta::exchange::{Arrival, ExchangeRecord, FOREIGN_CODE, Reply, ServiceAnswer};
use crate::rule::message::rules;
use crate::rule::{Catalogue, Finding, Place, Requirement, ValidationStage};

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ValidationReport<'a> {
    message_id: &'a str,
    passed: bool,
    operation: Operation,
    /// The service request of the frame, where the request names another.
    #[serde(skip_serializing_if = "Option::is_none")]
    other_service_request: Option<&'a str>,
    /// How many rules were asked.
    rules: usize,
    failures: usize,
    warnings: usize,
    notes: usize,
    stages: Vec<StageReport<'a>>,
}

#[derive(Serialize)]
struct StageReport<'a> {
    stage: ValidationStage,
    passed: bool,
    findings: Vec<ReportedFinding<'a>>,
}

#[derive(Serialize)]
struct ReportedFinding<'a> {
    severity: Severity,
    code: &'a str,
    /// What the rule that gave it proves.
    test: &'a str,
    requirement: Option<&'a Requirement>,
    place: Option<&'a Place>,
    expected: String,
    actual: String,
}

/// Answers 200 with what was found, or 400 with the reason why nothing can be judged.
pub(super) fn whole(core: &Core, arrival: &Arrival) -> (ExchangeRecord, Reply) {
    match Request::read(core, arrival) {
        Ok(request) => {
            let outcome = judged(core, arrival, &request);
            let text = report(core, &request, &outcome);
            (outcome.record, Reply::Answer(ServiceAnswer::new(StatusCode::OK, "application/json", text)))
        }
        Err(error) => {
            let is_foreign = matches!(error, NoRequest::Foreign);
            let ground: RefusalGround =
                if is_foreign { FOREIGN_CODE.into() } else { ServiceGround::RequestUnreadable.into() };
            let text = json!({ "error": error.to_string() }).to_string();
            (
                ExchangeRecord::refused(ground),
                Reply::Answer(ServiceAnswer::new(StatusCode::BAD_REQUEST, "application/json", text)),
            )
        }
    }
}

fn report(core: &Core, request: &Request, outcome: &ValidationOutcome) -> String {
    let count = |severity| outcome.findings.iter().filter(|finding| finding.severity == severity).count();
    let report = ValidationReport {
        message_id: &request.message_id,
        passed: outcome.record.accepted,
        operation: outcome.record.operation,
        other_service_request: outcome.other_service_request.as_deref(),
        rules: rules().count(),
        failures: count(Severity::Fail),
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        stages: ValidationStage::ALL.map(|stage| stage_report(&core.catalogue, stage, &outcome.findings)).into(),
    };
    serde_json::to_string_pretty(&report).expect("texts and numbers are always written")
}

fn stage_report<'a>(catalogue: &'a Catalogue, stage: ValidationStage, findings: &'a [Finding]) -> StageReport<'a> {
    let of_stage = || findings.iter().filter(|finding| catalogue.finding(finding.code).stage == stage);
    StageReport {
        stage,
        passed: of_stage().all(|finding| finding.severity != Severity::Fail),
        findings: of_stage().map(|finding| told(catalogue, finding)).collect(),
    }
}

fn told<'a>(catalogue: &'a Catalogue, finding: &'a Finding) -> ReportedFinding<'a> {
    let rule = rules().find(|rule| rule.codes.contains(&finding.code));
    ReportedFinding {
        severity: finding.severity,
        code: finding.code.as_str(),
        test: rule.map_or("", |rule| rule.sentence),
        requirement: catalogue.get_requirement(&finding.requirement),
        place: finding.place.as_ref(),
        expected: finding.expected.to_string(),
        actual: finding.actual.to_string(),
    }
}
