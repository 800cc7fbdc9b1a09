//! A notice names one disclosing controller: an organisation with its OID and its register type.

use super::case::Case;
use super::notes::Notes;
use crate::domain::{Code, Oid};
use crate::profile::RoleRules;
use crate::wire::Placed;
use crate::wire::fhir::{Agent, BundleEntry};

const CODE: &str = "notice-controller-missing";
const URIS: &str = "urn:ietf:rfc:3986";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for entry in case.notices() {
        check_notice(case, entry, notes);
    }
}

/// Whether `agent` is the disclosing controller. The national role codes are not known, so the register
/// type tells it as well as the role does.
pub(super) fn is_controller(agent: &Agent, rules: &RoleRules) -> bool {
    agent.register.is_some() || agent.roles.contains(&Code::new(&rules.controller, &rules.system))
}

fn check_notice(case: &Case<'_>, entry: &BundleEntry, notes: &mut Notes) {
    let profile = case.context.profile;
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
        Some(identifier) if is_oid(&identifier.value) => check_system(case, identifier, notes),
        Some(identifier) => notes.add(CODE, identifier.spot.clone(), "an OID as urn:oid:", identifier.value.as_str()),
        None => notes.bundle(CODE, at("/who"), "an Organization with its OID", "no identifier"),
    }
}

/// An OID as a URI stands in the system of URIs (FHIR R4, Identifier).
fn check_system(case: &Case<'_>, identifier: &Placed<String>, notes: &mut Notes) {
    let pointer = identifier.spot.path.trim_end_matches("/value").to_owned() + "/system";
    let system = case.at(&pointer).and_then(|system| system.as_str()).unwrap_or("none");
    if system != URIS {
        notes.bundle(CODE, pointer, URIS, system);
    }
}

fn is_oid(value: &str) -> bool {
    value.strip_prefix("urn:oid:").is_some_and(|oid| Oid::check(oid).is_ok())
}
