//! Each agent of a Provenance has a role of the code system that the profile names, system and code
//! compared together: the older system has the same numbers with other meanings.

use serde_json::Value;

use super::case::Case;
use super::notes::Notes;
use crate::profile::ProvenanceRoles;
use crate::wire::fhir::ResourceKind;

const CODE: &str = "notice-role-wrong";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let rules = &case.context.profile.notice.provenance_role;
    for entry in case.entries().iter().filter(|entry| entry.kind == ResourceKind::Provenance) {
        let base = format!("{}/agent", entry.resource());
        let agents = case.at(&base).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for (index, agent) in agents.iter().enumerate() {
            check_agent(&format!("{base}/{index}"), agent, rules, notes);
        }
    }
}

fn check_agent(base: &str, agent: &Value, rules: &ProvenanceRoles, notes: &mut Notes) {
    let expected = format!("a code of {}", rules.system);
    let Some(coding) = agent.pointer("/role/0/coding/0") else {
        return notes.bundle(CODE, format!("{base}/role"), expected, "none");
    };
    let text = |name: &str| coding[name].as_str().unwrap_or("none");
    let (system, code) = (text("system"), text("code"));
    if system != rules.system {
        notes.bundle(CODE, format!("{base}/role/0/coding/0/system"), expected, format!("{code} ({system})"));
    } else if !rules.codes.iter().any(|known| known == code) {
        notes.bundle(CODE, format!("{base}/role/0/coding/0/code"), expected, code);
    }
}
