//! The Bundle holds pairs: each AuditEvent has one Provenance whose target it is, and nothing else is in the Bundle.

use std::collections::HashMap;

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::fhir::{BundleEntry, ResourceKind};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticePairIncomplete;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "pair-incomplete",
    requirement: "DIS-04",
    sentence: "The Bundle holds pairs: each AuditEvent has one Provenance whose target it is, and nothing else is \
               in the Bundle.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    if case.bundle.is_some() && case.entries().is_empty() {
        let expected = said::pairs_of_audit_event_and_provenance();
        return findings.add(CODE, &in_bundle("/entry"), expected, said::none());
    }
    let notices: HashMap<String, usize> =
        case.notices().enumerate().flat_map(|(index, entry)| names(entry).map(move |name| (name, index))).collect();
    let mut provenances = vec![0_usize; case.notices().count()];
    for entry in case.entries() {
        match &entry.kind {
            ResourceKind::AuditEvent => {}
            ResourceKind::Provenance => {
                for index in targets(entry, &notices, findings) {
                    provenances[index] += 1;
                }
            }
            ResourceKind::Other(kind) => {
                let spot = in_bundle(format!("{}/resourceType", entry.resource()));
                findings.add(CODE, &spot, said::audit_event_or_provenance(), Said::value(kind));
            }
        }
    }
    // Of notices with the same identifier, which is told by another rule, nobody can say which is meant.
    let doubled = |entry: &BundleEntry| case.notices().filter(|other| same_id(entry, other)).count() > 1;
    for (entry, count) in case.notices().zip(provenances).filter(|(entry, count)| *count != 1 && !doubled(entry)) {
        findings.add(
            CODE,
            &entry.spot,
            said::one_provenance_with_this_audit_event_as(),
            Said::value(count.to_string()),
        );
    }
}

/// What a Provenance may call the notice.
fn names(entry: &BundleEntry) -> impl Iterator<Item = String> {
    let id = entry.id.as_ref().map(|id| id.value.as_str());
    let by_id = id.into_iter().flat_map(|id| [format!("urn:oid:{id}"), format!("AuditEvent/{id}")]);
    by_id.chain(entry.full_url.as_ref().map(|url| url.value.clone()))
}

fn same_id(one: &BundleEntry, other: &BundleEntry) -> bool {
    one.id.as_ref().map(|id| &id.value) == other.id.as_ref().map(|id| &id.value)
}

/// Numbers of the notices that a Provenance has as its targets.
fn targets(entry: &BundleEntry, notices: &HashMap<String, usize>, findings: &mut Findings<'_>) -> Vec<usize> {
    if entry.targets.is_empty() {
        let spot = in_bundle(format!("{}/target", entry.resource()));
        findings.add(CODE, &spot, said::an_audit_event_of_the_bundle(), said::none());
    }
    let mut found = Vec::new();
    for target in &entry.targets {
        match notices.get(&target.value) {
            Some(index) => found.push(*index),
            None => findings.add(CODE, &target.spot, said::an_audit_event_of_the_bundle(), Said::value(&target.value)),
        }
    }
    found
}
