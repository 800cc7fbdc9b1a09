//! Notices are created, by POST to the root of the service; there is no update, no deletion and no search.

use super::place::in_header;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::Said;

const CODE: FindingCode = FindingCode::NoticeInteractionWrong;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "interaction-wrong",
    requirement: "DIS-20",
    sentence: "Notices are created, by POST to the root of the service; there is no update, no deletion and no search.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let request = &case.reading.request;
    let is_creation = request.method == "POST" && matches!(&*request.path, "/fhir" | "/fhir/");
    // What the service can do, as its CapabilityStatement says it, may be asked for too.
    let is_description = request.method == "GET" && request.path == "/fhir/metadata";
    if !is_creation && !is_description {
        findings.add(
            CODE,
            &in_header("method"),
            Said::value("POST /fhir"),
            Said::value(format!("{} {}", request.method, request.path)),
        );
    }
}
