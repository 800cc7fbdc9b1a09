//! Each agent of a Provenance has a role of the code system that the profile names.

use serde_json::Value;

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::profile::ProvenanceRoles;
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::fhir::ResourceKind;
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeRoleWrong;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "role-wrong",
    requirement: "DIS-21",
    sentence: "Each agent of a Provenance has a role of the code system that the profile names.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let rules = &case.context.profile.notice.provenance_role;
    for entry in case.entries().iter().filter(|entry| entry.kind == ResourceKind::Provenance) {
        let base = format!("{}/agent", entry.resource());
        let agents = case.at(&base).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for (index, agent) in agents.iter().enumerate() {
            check_agent(&format!("{base}/{index}"), agent, rules, findings);
        }
    }
}

/// System and code are compared together: the older system has the same numbers with other meanings.
fn check_agent(base: &str, agent: &Value, rules: &ProvenanceRoles, findings: &mut Findings<'_>) {
    let expected = said::a_code_of(&rules.system);
    let Some(coding) = agent.pointer("/role/0/coding/0") else {
        return findings.add(CODE, &in_bundle(format!("{base}/role")), expected, said::none());
    };
    let text = |name: &str| Said::value_or(coding[name].as_str(), said::none());
    let at = |name: &str| in_bundle(format!("{base}/role/0/coding/0/{name}"));
    if coding["system"] != *rules.system {
        findings.add(CODE, &at("system"), expected, said::value_in(text("code"), text("system")));
    } else if !rules.codes.iter().any(|known| coding["code"] == **known) {
        findings.add(CODE, &at("code"), expected, text("code"));
    }
}
