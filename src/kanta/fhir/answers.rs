//! Answers of the FHIR root.

use axum::http::StatusCode;
use serde_json::Value;

use crate::domain::Severity;
use crate::kanta::core::Core;
use crate::kanta::exchange::{Arrival, Reply, ServiceAnswer};
use crate::profile::HttpHeaders;
use crate::rule::Finding;
use crate::wire::Location;
use crate::wire::fhir::{IssueSeverity, OutcomeIssue, operation_outcome};

const FHIR_JSON: &str = "application/fhir+json; charset=UTF-8";

/// An answer with this resource.
pub(in crate::kanta) fn json_answer(status: StatusCode, resource: &Value) -> ServiceAnswer {
    ServiceAnswer::new(status, FHIR_JSON, resource.to_string())
}

/// An OperationOutcome with one error.
pub(super) fn error(core: &Core, status: StatusCode, text: &str) -> ServiceAnswer {
    outcome(status, &[issue(core, "integrity", text.to_owned(), None)])
}

/// An OperationOutcome with these issues.
pub(in crate::kanta) fn outcome(status: StatusCode, issues: &[OutcomeIssue]) -> ServiceAnswer {
    json_answer(status, &operation_outcome(issues))
}

/// An error of the national code with this meaning.
pub(in crate::kanta) fn issue(core: &Core, meaning: &str, diagnostics: String, spot: Option<Location>) -> OutcomeIssue {
    let (code, display) = core.error_code(meaning).unzip();
    let (system, code) = code.map(|code| (format!("urn:oid:{}", code.system), code.code)).unwrap_or_default();
    let display = display.unwrap_or_default();
    OutcomeIssue { severity: IssueSeverity::Error, system, code, display, diagnostics, spot, position: None }
}

/// What the answer says of the findings: errors and warnings, no notes.
pub(in crate::kanta) fn issues(core: &Core, meaning: &str, findings: &[Finding]) -> Vec<OutcomeIssue> {
    let told = findings.iter().filter(|finding| finding.severity != Severity::Note);
    let told = told.map(|finding| {
        let text = format!("[{}] expected: {}; found: {}", finding.code, finding.expected, finding.actual);
        let spot = finding.place.as_ref().map(|place| Location::path(place.part, place.path.clone()));
        let severity = match finding.severity {
            Severity::Fail => IssueSeverity::Error,
            Severity::Warning | Severity::Note => IssueSeverity::Warning,
        };
        OutcomeIssue { severity, ..issue(core, meaning, text, spot) }
    });
    told.collect()
}

/// The reply with an identifier of its own, and the one of the request it belongs to.
pub(super) fn with_ids(core: &Core, arrival: &Arrival, reply: Reply) -> Reply {
    let Reply::Answer(answer) = reply else { return reply };
    let own = format!("{}.1.{}", core.profile.party.receiver, arrival.number);
    let HttpHeaders { request_id, correlation_id, .. } = &core.profile.http_header;
    let answer = answer.with(request_id.name.to_ascii_lowercase(), own);
    Reply::Answer(match arrival.header(&request_id.name) {
        Some(asked) if !arrival.is_withheld() => answer.with(correlation_id.name.to_ascii_lowercase(), asked),
        _ => answer,
    })
}
