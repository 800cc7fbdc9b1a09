//! The answer in the form of Kela's validation service: nothing, or one text with every failure.

use axum::http::StatusCode;
use serde_json::json;

use super::outcome::{ValidationOutcome, judged};
use super::request::{NoRequest, Request};
use crate::domain::{ServiceGround, Severity};
use crate::kanta::core::Core;
use crate::kanta::exchange::{Arrival, ExchangeRecord, FOREIGN_CODE, Reply, ServiceAnswer};
use crate::rule::Finding;
use crate::words::Language;

/// Answers 200 without a body, or 400 with the failures in one text: `1: …;2: …;`.
pub(super) fn short(core: &Core, arrival: &Arrival) -> (ExchangeRecord, Reply) {
    match Request::read(core, arrival) {
        Ok(request) => {
            let outcome = judged(core, arrival, &request);
            let answer = answer(core, &request, &outcome);
            (outcome.record, Reply::Answer(answer))
        }
        Err(NoRequest::Undeclared(_)) => {
            (ExchangeRecord::refused(ServiceGround::XmlUndeclared), Reply::Answer(rejected(core, arrival)))
        }
        Err(NoRequest::Foreign) => (ExchangeRecord::refused(FOREIGN_CODE), refused(&NoRequest::Foreign)),
        Err(error) => (ExchangeRecord::refused(ServiceGround::RequestUnreadable), refused(&error)),
    }
}

fn answer(core: &Core, request: &Request, outcome: &ValidationOutcome) -> ServiceAnswer {
    let failed = outcome.findings.iter().filter(|finding| finding.severity == Severity::Fail);
    let differs = outcome
        .other_service_request
        .as_ref()
        .map(|asked| format!("palveluPyynto {} ei ole siirtokehyksen palvelupyyntö {asked}", request.service_request));
    let texts: Vec<String> = differs.into_iter().chain(failed.map(|finding| told(core, finding))).collect();
    if texts.is_empty() { ServiceAnswer::empty(StatusCode::OK) } else { described(&texts) }
}

/// The requirement in Finnish, the language of that service, and the place.
fn told(core: &Core, finding: &Finding) -> String {
    let requirement = core.catalogue.get_requirement(&finding.requirement);
    let text = requirement.map_or("", |requirement| requirement.text.in_language(Language::Fi));
    let path = finding.place.as_ref().map(|place| place.path.as_str()).filter(|path| !path.is_empty());
    let place = path.map(|path| format!(" ({path})")).unwrap_or_default();
    format!("[{}] {text}{place}", finding.code)
}

fn refused(error: &NoRequest) -> Reply {
    Reply::Answer(described(&[error.to_string()]))
}

/// A semicolon ends an entry, so none may stand in one.
fn described(texts: &[String]) -> ServiceAnswer {
    let entry = |(index, text): (usize, &String)| format!("{}: {};", index + 1, text.replace(';', ","));
    let description: String = texts.iter().enumerate().map(entry).collect();
    ServiceAnswer::new(StatusCode::BAD_REQUEST, "application/json", json!({ "description": description }).to_string())
}

/// The page of the firewall before that service, which lets no XML without a declaration through.
fn rejected(core: &Core, arrival: &Arrival) -> ServiceAnswer {
    let status = StatusCode::from_u16(core.profile.validation.undeclared_status).unwrap_or(StatusCode::FORBIDDEN);
    let page = format!(
        "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. \
         Your support ID is: {}</body></html>\n",
        arrival.number
    );
    ServiceAnswer::new(status, "text/html; charset=utf-8", page)
}
