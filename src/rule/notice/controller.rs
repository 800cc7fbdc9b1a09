//! A notice names one disclosing controller: an organisation with its OID and its register type.

use super::case::Case;
use super::notes::Notes;
use crate::domain::{Code, Oid};
use crate::profile::{Profile, RoleRules};
use crate::wire::fhir::{Agent, BundleEntry};

const CODE: &str = "notice-controller-missing";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for entry in case.notices() {
        check_notice(entry, case.context.profile, notes);
    }
}

/// Whether `agent` is the disclosing controller. The national role codes are not known, so the register
/// type tells it as well as the role does.
pub(super) fn is_controller(agent: &Agent, rules: &RoleRules) -> bool {
    agent.register.is_some() || agent.roles.contains(&Code::new(&rules.controller, &rules.system))
}

fn check_notice(entry: &BundleEntry, profile: &Profile, notes: &mut Notes) {
    let controllers: Vec<&Agent> =
        entry.agents.iter().filter(|agent| is_controller(agent, &profile.notice.role)).collect();
    let [controller] = controllers.as_slice() else {
        let pointer = format!("{}/agent", entry.resource());
        return notes.bundle(CODE, pointer, "one disclosing controller", controllers.len().to_string());
    };
    let at = |relative: &str| format!("{}{relative}", controller.spot.path);
    if controller.party.as_ref().is_none_or(|party| party.value != "Organization") {
        let party = controller.party.as_ref().map_or("none", |party| party.value.as_str());
        return notes.bundle(CODE, at("/who/reference"), "a contained Organization", party);
    }
    let register = profile.oid("register");
    match &controller.register {
        None => notes.bundle(CODE, at("/who"), "an Organization with its register type", "no register type"),
        Some(code) if code.value.system != register || code.value.code.is_empty() => {
            let actual = format!("{} ({})", code.value.code, code.value.system);
            notes.add(CODE, code.spot.clone(), format!("a code of {register}"), actual);
        }
        Some(_) => {}
    }
    match &controller.identifier {
        Some(identifier) if is_oid(&identifier.value) => {}
        Some(identifier) => notes.add(CODE, identifier.spot.clone(), "an OID as urn:oid:", identifier.value.as_str()),
        None => notes.bundle(CODE, at("/who"), "an Organization with its OID", "no identifier"),
    }
}

fn is_oid(value: &str) -> bool {
    value.strip_prefix("urn:oid:").is_some_and(|oid| oid.parse::<Oid>().is_ok())
}
