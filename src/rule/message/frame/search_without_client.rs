//! A search names the client whose documents are sought.

use crate::domain::Operation;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::hl7::{Contents, QueryParameter};
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "search-without-client",
    requirement: "SEA-04",
    sentence: "A search names the client whose documents are sought.",
    codes: &[FindingCode::SearchWithoutClient],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    if !matches!(subject.operation, Operation::SearchDocuments | Operation::SearchMetadata | Operation::Summarise) {
        return;
    }
    let Some(frame) = subject.frame else { return };
    let name = &subject.context.profile.query.client;
    let spot = match &frame.contents {
        Contents::Query(query) if query.parameters.iter().any(|parameter| names(parameter, name)) => return,
        Contents::Query(query) => query.spot.child(&format!("parameterList/{name}")),
        Contents::Document(document) => document.spot.clone(),
        Contents::Continuation(continuation) => continuation.spot.clone(),
        Contents::Nothing(spot) => spot.child("queryByParameter"),
    };
    findings.add(FindingCode::SearchWithoutClient, &spot, said::with_the_client_s_identity_code(name), said::nothing());
}

fn names(parameter: &QueryParameter, name: &str) -> bool {
    parameter.name == name && !parameter.main.is_empty() && !parameter.detail.is_empty()
}
