//! The certificate of who signed the Bundle was valid, and not revoked, when the Bundle came.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject, Signer};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::trust::TrustOutcome;

const CODE: FindingCode = FindingCode::NoticeCertificateInvalid;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "certificate-invalid",
    requirement: "DIS-30",
    sentence: "The certificate of who signed the Bundle was valid, and not revoked, when the Bundle came.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let signature = case.signature.as_ref().and_then(|read| read.as_ref().ok());
    let signer = signature.and_then(|signature| signature.signer.as_ref());
    if let Some(invalid) = signer.and_then(Signer::invalid) {
        findings.add(CODE, &in_bundle("/signature/data"), TrustOutcome::Trusted.said(), invalid);
    }
}
