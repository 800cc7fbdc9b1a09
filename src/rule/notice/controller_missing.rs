//! A notice names one disclosing controller: an organisation with its OID and its register type.

use super::parties::controllers;
use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::domain::Oid;
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::fhir::{Agent, BundleEntry};
use crate::wire::{LocatedValue, Location};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeControllerMissing;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "controller-missing",
    requirement: "DIS-05",
    sentence: "A notice names one disclosing controller: an organisation with its OID and its register type.",
    codes: &[CODE],
    judge,
};

const URIS: &str = "urn:ietf:rfc:3986";

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    for notice in case.notices() {
        check_notice(case, notice, findings);
    }
}

fn check_notice(case: &NoticeCase<'_>, notice: &BundleEntry, findings: &mut Findings<'_>) {
    let controllers = controllers(notice, &case.context.profile.notice.role);
    let [controller] = controllers.as_slice() else {
        let spot = in_bundle(format!("{}/agent", notice.resource()));
        return findings.add(
            CODE,
            &spot,
            said::one_disclosing_controller(),
            Said::value(controllers.len().to_string()),
        );
    };
    let party = controller.party.as_ref().map(|party| party.value.as_str());
    if party != Some("Organization") {
        let spot = in_bundle(format!("{}/who/reference", controller.spot.path));
        return findings.add(CODE, &spot, said::a_contained_organization(), Said::value_or(party, said::none()));
    }
    check_register(case, controller, findings);
    match &controller.identifier {
        Some(identifier) if is_oid(&identifier.value) => check_system(case, identifier, findings),
        Some(identifier) => {
            findings.add(CODE, &identifier.spot, said::an_oid_as_urn_oid(), Said::value(&identifier.value));
        }
        None => findings.add(CODE, &who(controller), said::an_organization_with_its_oid(), said::no_identifier()),
    }
}

fn who(controller: &Agent) -> Location {
    in_bundle(format!("{}/who", controller.spot.path))
}

fn check_register(case: &NoticeCase<'_>, controller: &Agent, findings: &mut Findings<'_>) {
    let register = case.context.profile.oid("register");
    match &controller.register {
        None => {
            let expected = said::an_organization_with_its_register_type();
            findings.add(CODE, &who(controller), expected, said::no_register_type());
        }
        Some(code) if code.value.system != register || code.value.code.is_empty() => {
            let actual = format!("{} ({})", code.value.code, code.value.system);
            findings.add(CODE, &code.spot, said::a_code_of(register), Said::value(actual));
        }
        Some(_) => {}
    }
}

/// An OID as a URI stands in the system of URIs (FHIR R4, Identifier).
fn check_system(case: &NoticeCase<'_>, identifier: &LocatedValue<String>, findings: &mut Findings<'_>) {
    let pointer = identifier.spot.path.trim_end_matches("/value").to_owned() + "/system";
    let system = case.at(&pointer).and_then(|system| system.as_str());
    if system != Some(URIS) {
        findings.add(CODE, &in_bundle(pointer), Said::value(URIS), Said::value_or(system, said::none()));
    }
}

fn is_oid(value: &str) -> bool {
    value.strip_prefix("urn:oid:").is_some_and(|oid| Oid::check(oid).is_ok())
}
