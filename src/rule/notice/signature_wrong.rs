//! The signature proves the Bundle unchanged: a detached JWS over its canonical JSON, made after what it covers.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject, VerifiedSignature};
use crate::domain::Evidence;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeSignatureWrong;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "signature-wrong",
    requirement: "DIS-11",
    sentence: "The signature proves the Bundle unchanged: a detached JWS over its canonical JSON, made after what it \
               covers.",
    codes: &[CODE],
    judge,
};

const DATA: &str = "/signature/data";
const WHEN: &str = "/signature/when";

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    // What is no detached JWS, or cannot be verified, is another finding.
    let signature = case.signature.as_ref().and_then(|read| read.as_ref().ok());
    if let Some(forged) = signature.and_then(VerifiedSignature::forged) {
        let expected = said::a_signature_by_the_certificate_in_its();
        findings.add_as(CODE, Evidence::Standard, &in_bundle(DATA), expected, forged);
    }
    if case.violations().is_empty() {
        check_time(case, findings);
    }
}

/// No signature is older than what it covers, and none comes from the future.
fn check_time(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let Some(signed) = case.instant(WHEN) else { return };
    let recorded = case.entries().iter().filter_map(|entry| case.instant(&format!("{}/recorded", entry.resource())));
    if let Some(newest) = recorded.max().filter(|newest| *newest > signed) {
        let expected = said::not_before_when_the_newest_resource_was(newest.to_string());
        findings.add(CODE, &in_bundle(WHEN), expected, Said::value(signed.to_string()));
    }
    let now = case.context.now;
    if signed.as_second() > now.as_second().saturating_add(case.context.profile.token.clock_tolerance_seconds) {
        findings.add(CODE, &in_bundle(WHEN), said::not_after(now.to_string()), Said::value(signed.to_string()));
    }
}
