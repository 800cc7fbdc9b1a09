//! Contained resources are what FHIR R4 lets them be, each has its reference, and the parties of a notice are
//! contained in it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::parties::{controllers, recipients};
use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::fhir::BundleEntry;
use crate::wire::json::walk;
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeContainedWrong;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "contained-wrong",
    requirement: "DIS-16",
    sentence: "Contained resources are what FHIR R4 lets them be, each has its reference, and the parties of a \
               notice are contained in it.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    for (pointer, resource) in contained(case) {
        check_form(&pointer, resource, findings);
    }
    for entry in case.entries() {
        let base = entry.resource();
        if let Some(resource) = case.at(&base) {
            check_references(&base, resource, findings);
        }
    }
    case.notices().for_each(|notice| check_parties(case, notice, findings));
}

/// Each contained resource of every entry, with its pointer.
fn contained<'a>(case: &NoticeCase<'a>) -> Vec<(String, &'a Value)> {
    let bases = case.entries().iter().map(|entry| format!("{}/contained", entry.resource()));
    let lists = bases.filter_map(|base| Some((case.at(&base)?.as_array()?, base)));
    let of_list = |(list, base): (&'a Vec<Value>, String)| {
        list.iter().enumerate().map(move |(index, inner)| (format!("{base}/{index}"), inner))
    };
    lists.flat_map(of_list).collect()
}

/// The message that belongs to a place.
type Wording = fn() -> Said;

/// A contained resource says what it is (2.6.3), contains none itself (dom-2), and has neither a version (dom-4)
/// nor a security label (dom-5) of its own.
fn check_form(pointer: &str, inner: &Value, findings: &mut Findings<'_>) {
    if !inner["resourceType"].is_string() {
        findings.add(CODE, &in_bundle(format!("{pointer}/resourceType")), said::a_resource(), said::none());
    }
    let ruled_out: [(&str, Wording); 4] = [
        ("/contained", said::no_contained_resource_in_a_contained_one),
        ("/meta/versionId", said::no_version_in_a_contained_resource),
        ("/meta/lastUpdated", said::no_version_in_a_contained_resource),
        ("/meta/security", said::no_security_label_in_a_contained_resource),
    ];
    for (relative, expected) in ruled_out {
        if inner.pointer(relative).is_some() {
            findings.add(CODE, &in_bundle(format!("{pointer}{relative}")), expected(), said::one());
        }
    }
}

/// A contained resource has an id of its own and is referenced, or refers to what contains it (dom-3); a reference
/// to a contained resource leads to one.
fn check_references(base: &str, resource: &Value, findings: &mut Findings<'_>) {
    let references = references(resource);
    let mut ids = BTreeSet::from([""]);
    let contained = resource["contained"].as_array().map_or(&[][..], Vec::as_slice);
    for (index, inner) in contained.iter().enumerate() {
        let pointer = format!("{base}/contained/{index}");
        let id = inner["id"].as_str().unwrap_or_default();
        if !ids.insert(id) {
            let expected = said::an_id_that_no_other_contained_resource();
            findings.add(CODE, &in_bundle(format!("{pointer}/id")), expected, Said::value(id));
        } else if !references.iter().any(|(_, name)| *name == id) && !names_container(inner) {
            findings.add(CODE, &in_bundle(pointer), said::a_reference_to(format!("#{id}")), said::none());
        }
    }
    for (pointer, name) in references.iter().filter(|(_, name)| !ids.contains(name)) {
        let spot = in_bundle(format!("{base}{pointer}"));
        findings.add(CODE, &spot, said::the_id_of_a_contained_resource(), Said::value(format!("#{name}")));
    }
}

/// Every reference of the form `#id` in `value`: its pointer from there, and the id.
fn references(value: &Value) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    walk(value, &mut |pointer, value| {
        let text = value.as_str().filter(|_| pointer.ends_with("/reference"));
        let name = text.and_then(|text| text.strip_prefix('#'));
        found.extend(name.map(|name| (pointer.to_owned(), name)));
    });
    found
}

/// A contained resource that refers to its container needs no reference itself (dom-3).
fn names_container(inner: &Value) -> bool {
    references(inner).iter().any(|(_, name)| name.is_empty())
}

/// The references to the parties of a notice lead to contained resources. Of the controller and of a recipient other
/// rules ask more.
fn check_parties(case: &NoticeCase<'_>, notice: &BundleEntry, findings: &mut Findings<'_>) {
    let (base, rules) = (notice.resource(), &case.context.profile.notice.role);
    let mut asked: Vec<String> = recipients(notice, rules).map(|agent| agent.spot.path.to_string()).collect();
    if let [controller] = controllers(notice, rules).as_slice() {
        asked.push(controller.spot.path.to_string());
    }
    let agents = notice.agents.iter().map(|agent| agent.spot.path.to_string()).filter(|agent| !asked.contains(agent));
    let contained = case.at(&format!("{base}/contained")).and_then(Value::as_array).map_or(0, Vec::len);
    let of_contained = (0..contained).flat_map(|index| {
        ["practitioner", "organization"].map(|party| format!("{base}/contained/{index}/{party}/reference"))
    });
    let pointers = std::iter::once(format!("{base}/source/observer/reference"))
        .chain(agents.map(|agent| format!("{agent}/who/reference")))
        .chain(of_contained);
    for pointer in pointers {
        let reference = case.at(&pointer).and_then(Value::as_str);
        if let Some(elsewhere) = reference.filter(|reference| !reference.starts_with('#')) {
            findings.add(CODE, &in_bundle(pointer), said::the_id_of_a_contained_resource(), Said::value(elsewhere));
        }
    }
}
