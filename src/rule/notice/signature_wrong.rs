//! The signature proves the Bundle unchanged: a detached JWS over its canonical JSON, by a certificate of a trusted
//! authority, made after what it covers.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject, Signer};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::trust::TrustOutcome;
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeSignatureWrong;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "signature-wrong",
    requirement: "DIS-11",
    sentence: "The signature proves the Bundle unchanged: a detached JWS over its canonical JSON, by a certificate \
               of a trusted authority, made after what it covers.",
    codes: &[CODE],
    judge,
};

const DATA: &str = "/signature/data";
const WHEN: &str = "/signature/when";

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    match &case.signature {
        None => {}
        Some(Err(why)) => findings.add(CODE, &in_bundle(DATA), said::a_detached_jws_in_base64(), why.clone()),
        Some(Ok(signature)) => {
            for fault in &signature.faults {
                let expected = said::a_signature_by_the_certificate_in_its();
                findings.add(CODE, &in_bundle(DATA), expected, fault.said());
            }
            if let Some(untrusted) = signature.signer.as_ref().and_then(Signer::untrusted) {
                findings.add(CODE, &in_bundle(DATA), TrustOutcome::Trusted.said(), untrusted);
            }
        }
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
