//! The elements that the profile asks for are there, and times among them are times with their zone.

use std::collections::BTreeSet;

use serde_json::Value;

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::domain::HETU_ROOT;
use crate::domain::{Evidence, read_instant};
use crate::reading::is_said;
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::LocatedValue;
use crate::wire::fhir::{BundleEntry, ResourceKind};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeElementMissing;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "element-missing",
    requirement: "DIS-17",
    sentence: "The elements that the profile asks for are there, and times among them are times with their zone.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let Some(bundle) = case.bundle else { return };
    let rules = &case.context.profile.notice.element;
    // A Bundle without any signature is a finding of its own.
    if bundle.signature.is_some() {
        require(case, "", &rules.bundle, findings);
    }
    for entry in &bundle.entries {
        match entry.kind {
            ResourceKind::AuditEvent => check_notice(case, entry, findings),
            ResourceKind::Provenance => require(case, &entry.resource(), &rules.provenance, findings),
            ResourceKind::Other(_) => {}
        }
    }
    for entry in &bundle.entries {
        check_instant(case, format!("{}/recorded", entry.resource()), findings);
        check_start(case, format!("{}/period/start", entry.resource()), findings);
    }
    check_instant(case, "/signature/when".to_owned(), findings);
}

fn check_notice(case: &NoticeCase<'_>, notice: &BundleEntry, findings: &mut Findings<'_>) {
    let rules = &case.context.profile.notice.element;
    let resource = notice.resource();
    require(case, &resource, &rules.audit_event, findings);
    for agent in &notice.agents {
        require(case, &agent.spot.path, &rules.agent, findings);
    }
    let is_coded = |extension: &Value| is_said(extension.get("url")) && is_said(extension.pointer("/valueCoding/code"));
    let extensions = case.at(&format!("{resource}/extension")).and_then(Value::as_array);
    // The URL of this extension is not known, but no other one of a notice has a code as its value.
    if !extensions.is_some_and(|extensions| extensions.iter().any(is_coded)) {
        let spot = in_bundle(format!("{resource}/extension"));
        findings.add(CODE, &spot, said::the_type_of_disclosure_a_coded_value(), said::none());
    }
    check_client(case, notice, findings);
}

fn check_client(case: &NoticeCase<'_>, notice: &BundleEntry, findings: &mut Findings<'_>) {
    let mut clients = notice.entities.iter().filter(|entity| entity.is_client).peekable();
    if clients.peek().is_none() {
        let spot = in_bundle(format!("{}/entity", notice.resource()));
        findings.add(CODE, &spot, said::an_entity_that_names_the_client(), said::none());
    }
    for entity in clients {
        match &entity.client {
            None => {
                let spot = in_bundle(format!("{}/what", entity.spot.path));
                findings.add(CODE, &spot, said::the_client_s_identity_code(), said::none());
            }
            Some(code) => check_person_system(case, code, findings),
        }
    }
}

/// A client without an identity code has a temporary identifier under the OID of an organisation.
fn check_person_system(case: &NoticeCase<'_>, code: &LocatedValue<String>, findings: &mut Findings<'_>) {
    let pointer = code.spot.path.trim_end_matches("/value").to_owned() + "/system";
    let system = case.at(&pointer).and_then(Value::as_str);
    let root = system.and_then(|system| system.strip_prefix("urn:oid:")).unwrap_or_default();
    let below_organisations = root.strip_prefix(case.context.profile.identity.temporary.prefix.as_str());
    if root != HETU_ROOT && !below_organisations.is_some_and(|below| below.starts_with('.')) {
        let actual = Said::value_or(system, said::none());
        findings.add(CODE, &in_bundle(pointer), Said::value(format!("urn:oid:{HETU_ROOT}")), actual);
    }
}

fn require(case: &NoticeCase<'_>, base: &str, pointers: &[String], findings: &mut Findings<'_>) {
    let mut told = BTreeSet::new();
    for relative in pointers {
        let pointer = format!("{base}{relative}");
        if !case.is_said(&pointer) {
            let missing = outermost(case, base.len(), &pointer);
            if told.insert(missing.to_owned()) {
                findings.add(CODE, &in_bundle(missing), said::this_element(), said::none());
            }
        }
    }
}

/// The outermost element on the way to `pointer`, after its first `base` bytes, that says nothing.
fn outermost<'p>(case: &NoticeCase<'_>, base: usize, pointer: &'p str) -> &'p str {
    let steps = pointer.match_indices('/').map(|(at, _)| at).filter(|at| *at > base);
    let ways = steps.map(|at| &pointer[..at]);
    ways.into_iter().find(|way| !case.is_said(way)).unwrap_or(pointer)
}

/// What is no moment of the calendar is none, whatever the profile asks for (FHIR R4, datatypes).
fn check_instant(case: &NoticeCase<'_>, pointer: String, findings: &mut Findings<'_>) {
    if let Some(value) = case.at(&pointer).filter(|_| case.instant(&pointer).is_none()) {
        findings.add_as(
            CODE,
            Evidence::Standard,
            &in_bundle(pointer),
            said::a_time_with_its_zone(),
            Said::value(value.to_string()),
        );
    }
}

/// FHIR's `dateTime` has no zone only where it has no time of day.
fn check_start(case: &NoticeCase<'_>, pointer: String, findings: &mut Findings<'_>) {
    let Some(value) = case.at(&pointer) else { return };
    let is_date_time = |text: &str| if text.contains('T') { read_instant(text).is_some() } else { is_date(text) };
    if !value.as_str().is_some_and(is_date_time) {
        findings.add_as(
            CODE,
            Evidence::Standard,
            &in_bundle(pointer),
            said::a_date_or_a_time_with_its(),
            Said::value(value.to_string()),
        );
    }
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn is_date(text: &str) -> bool {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    whole.parse::<jiff::civil::Date>().is_ok()
}
