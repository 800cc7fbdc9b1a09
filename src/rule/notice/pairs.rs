//! The Bundle holds pairs: each AuditEvent has one Provenance whose target it is, and nothing else is
//! in the Bundle.

use std::collections::HashMap;

use super::case::Case;
use super::notes::Notes;
use crate::wire::fhir::{BundleEntry, ResourceKind};

const CODE: &str = "notice-pair-incomplete";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    if case.bundle.is_some() && case.entries().is_empty() {
        return notes.bundle(CODE, "/entry", "pairs of AuditEvent and Provenance", "none");
    }
    let notices: HashMap<String, usize> =
        case.notices().enumerate().flat_map(|(index, entry)| names(entry).map(move |name| (name, index))).collect();
    let mut provenances = vec![0_usize; case.notices().count()];
    for entry in case.entries() {
        match &entry.kind {
            ResourceKind::AuditEvent => {}
            ResourceKind::Provenance => {
                for index in targets(entry, &notices, notes) {
                    provenances[index] += 1;
                }
            }
            ResourceKind::Other(kind) => {
                notes.bundle(CODE, format!("{}/resourceType", entry.resource()), "AuditEvent or Provenance", kind);
            }
        }
    }
    // Of notices with the same identifier, which is told by another rule, nobody can say which is meant.
    let doubled = |entry: &BundleEntry| case.notices().filter(|other| same_id(entry, other)).count() > 1;
    for (entry, count) in case.notices().zip(provenances).filter(|(entry, count)| *count != 1 && !doubled(entry)) {
        notes.add(CODE, entry.spot.clone(), "one Provenance with this AuditEvent as its target", count.to_string());
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
fn targets(entry: &BundleEntry, notices: &HashMap<String, usize>, notes: &mut Notes) -> Vec<usize> {
    if entry.targets.is_empty() {
        notes.bundle(CODE, format!("{}/target", entry.resource()), "an AuditEvent of the Bundle", "none");
    }
    let mut found = Vec::new();
    for target in &entry.targets {
        match notices.get(&target.value) {
            Some(index) => found.push(*index),
            None => notes.add(CODE, target.spot.clone(), "an AuditEvent of the Bundle", target.value.as_str()),
        }
    }
    found
}
