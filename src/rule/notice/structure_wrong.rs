//! The Bundle and its resources have the elements of FHIR R4, of the types and as often as it says.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeStructureWrong;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "structure-wrong",
    requirement: "DIS-19",
    sentence: "The Bundle and its resources have the elements of FHIR R4, of the types and as often as it says.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    for violation in case.violations() {
        findings.add(CODE, &in_bundle(&violation.pointer), Said::value(&violation.rule), violation.message.clone());
    }
    if case.violations().is_empty() {
        check_requestors(case, findings);
    }
}

/// At most one agent of an AuditEvent is its requestor (AuditEvent.agent.requestor).
fn check_requestors(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    for notice in case.notices() {
        for agent in notice.agents.iter().filter(|agent| agent.requestor == Some(true)).skip(1) {
            let spot = in_bundle(format!("{}/requestor", agent.spot.path));
            findings.add(CODE, &spot, said::one_requestor_at_most(), said::another_one());
        }
    }
}
