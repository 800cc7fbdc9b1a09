//! No two resources have the same `id`, in one Bundle or in several.

use std::collections::HashSet;

use super::subject::{NoticeCase, NoticeSubject};
use crate::reading::content_digest;
use crate::rule::{FindingCode, Findings, Rule};
use crate::state::Earlier;
use crate::wire::fhir::BundleEntry;
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeIdReused;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "id-reused",
    requirement: "DIS-09",
    sentence: "No two resources have the same `id`, in one Bundle or in several.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let mut seen = HashSet::new();
    for (entry, id) in case.entries().iter().filter_map(|entry| Some((entry, entry.id.as_ref()?))) {
        if !seen.insert(id.value.as_str()) {
            findings.add(CODE, &id.spot, said::an_identifier_once_in_a_bundle(), Said::value(&id.value));
        } else if is_reused(case, entry, &id.value) {
            findings.add(CODE, &id.spot, said::an_identifier_that_no_other_resource_has(), Said::value(&id.value));
        }
    }
}

fn is_reused(case: &NoticeCase<'_>, entry: &BundleEntry, id: &str) -> bool {
    let digest = case.at(&entry.resource()).and_then(content_digest);
    digest.is_some_and(|digest| case.context.known.resource(id, &digest) == Earlier::Other)
}
