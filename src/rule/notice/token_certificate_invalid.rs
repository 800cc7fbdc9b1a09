//! The certificate of who signed the token was valid, and not revoked, when the request came.

use super::place::in_header;
use super::subject::{NoticeCase, NoticeSubject, Signer};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::trust::TrustOutcome;

const CODE: FindingCode = FindingCode::TokenCertificateInvalid;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "token-certificate-invalid",
    requirement: "DIS-30",
    sentence: "The certificate of who signed the token was valid, and not revoked, when the request came.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let signer = case.token_signature.as_ref().and_then(|signature| signature.signer.as_ref());
    if let Some(invalid) = signer.and_then(Signer::invalid) {
        let header = in_header(&case.context.profile.http_header.token.name);
        findings.add(CODE, &header, TrustOutcome::Trusted.said(), invalid);
    }
}
