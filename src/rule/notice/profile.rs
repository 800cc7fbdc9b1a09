//! Each resource names the profile of version 1.0.0 that it keeps to, and no other.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::LocatedValue;
use crate::wire::fhir::{BundleEntry, ResourceKind};
use crate::words::{Said, said};

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "profile",
    requirement: "DIS-08",
    sentence: "Each resource names the profile of version 1.0.0 that it keeps to, and no other.",
    codes: &[FindingCode::NoticeProfileWrong, FindingCode::NoticeProfileOutdated],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let rules = &case.context.profile.notice;
    for entry in case.entries() {
        match entry.kind {
            ResourceKind::AuditEvent => check(entry, &rules.audit_event_profile, &rules.outdated_prefix, findings),
            ResourceKind::Provenance => check(entry, &rules.provenance_profile, &rules.outdated_prefix, findings),
            ResourceKind::Other(_) => {}
        }
        for profile in &entry.contained_profiles {
            check_contained(profile, &rules.canonical_prefix, &rules.outdated_prefix, findings);
        }
    }
}

fn check(entry: &BundleEntry, expected: &str, outdated: &str, findings: &mut Findings<'_>) {
    if entry.profiles.is_empty() {
        let spot = in_bundle(format!("{}/meta/profile", entry.resource()));
        findings.add(FindingCode::NoticeProfileWrong, &spot, Said::value(expected), said::none());
    }
    for profile in entry.profiles.iter().filter(|profile| url(profile) != expected) {
        findings.add(code(profile, outdated), &profile.spot, Said::value(expected), Said::value(&profile.value));
    }
}

/// Not every profile of contained resources is known: one that is named must be of the same publisher.
fn check_contained(profile: &LocatedValue<String>, prefix: &str, outdated: &str, findings: &mut Findings<'_>) {
    if profile.value.starts_with(outdated) || !profile.value.starts_with(prefix) {
        findings.add(
            code(profile, outdated),
            &profile.spot,
            Said::value(format!("{prefix}…")),
            Said::value(&profile.value),
        );
    }
}

/// A canonical may name the version of what it refers to behind a bar (FHIR R4, references, 2.3.0.2).
fn url(profile: &LocatedValue<String>) -> &str {
    profile.value.split_once('|').map_or(profile.value.as_str(), |(url, _)| url)
}

fn code(profile: &LocatedValue<String>, outdated: &str) -> FindingCode {
    match profile.value.starts_with(outdated) {
        true => FindingCode::NoticeProfileOutdated,
        false => FindingCode::NoticeProfileWrong,
    }
}
