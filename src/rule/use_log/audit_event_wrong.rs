//! AuditEvents of the log have the elements that FHIR R4 asks for, of its types.

use super::form::{ElementForm, FormCase};
use super::place::in_log;
use crate::rule::{FindingCode, Findings, Rule};

const CODE: FindingCode = FindingCode::AuditEventWrong;

pub(super) const RULE: Rule<ElementForm> = Rule {
    id: "audit-event-wrong",
    requirement: "LOG-11",
    sentence: "AuditEvents of the log have the elements that FHIR R4 asks for, of its types.",
    codes: &[CODE],
    judge,
};

fn judge(case: &FormCase<'_>, findings: &mut Findings<'_>) {
    let (below, faults) = case.event;
    for fault in faults {
        let spot = in_log(format!("{below}{}", fault.pointer));
        findings.add(CODE, &spot, fault.expected.clone(), fault.actual.clone());
    }
}
