//! The `fullUrl` of each entry is `urn:oid:` and the `id` of its resource.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeFullUrlDiffers;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "full-url-differs",
    requirement: "DIS-09",
    sentence: "The `fullUrl` of each entry is `urn:oid:` and the `id` of its resource.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    for entry in case.entries() {
        let Some(id) = &entry.id else { continue };
        let expected = format!("urn:oid:{}", id.value);
        let actual = entry.full_url.as_ref().map(|url| url.value.as_str());
        if actual != Some(&expected) {
            let spot = in_bundle(format!("{}/fullUrl", entry.spot.path));
            findings.add(CODE, &spot, Said::value(expected), Said::value_or(actual, said::none()));
        }
    }
}
