//! The signature of a Bundle can be verified: a detached JWS whose algorithm is known, and whose certificate leads to a
//! trusted authority.

use super::place::in_bundle;
use super::subject::{NoticeCase, NoticeSubject, Signer};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "signature-unverified",
    requirement: "DIS-33",
    sentence: "The signature of a Bundle can be verified: a detached JWS whose algorithm is known, and whose certificate \
               leads to a trusted authority.",
    codes: &[
        FindingCode::NoticeSignatureUnverified,
        FindingCode::NoticeSignerNotJudged,
        FindingCode::NoticeSignatureFormUnusual,
    ],
    judge,
};

/// An algorithm that the profile does not list is verified, and remarked on. Where no authority is known there is nobody
/// to ask, and that is said.
fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let spot = in_bundle("/signature/data");
    let signature = match &case.signature {
        None => return,
        Some(Ok(signature)) => signature,
        Some(Err(why)) => {
            let expected = said::a_detached_jws_in_base64();
            return findings.add(FindingCode::NoticeSignatureUnverified, &spot, expected, why.clone());
        }
    };
    for reason in signature.unverified() {
        findings.add(FindingCode::NoticeSignatureUnverified, &spot, said::a_signature_that_can_be_verified(), reason);
    }
    if let Some(reason) = signature.signer.as_ref().and_then(Signer::not_judged) {
        findings.add(
            FindingCode::NoticeSignerNotJudged,
            &spot,
            said::a_valid_certificate_of_a_trusted_authority(),
            reason,
        );
    }
    let listed = &case.context.profile.token.algorithms;
    if let Some(name) = signature.unusual_algorithm(listed) {
        findings.add(
            FindingCode::NoticeSignatureFormUnusual,
            &spot,
            Said::value(listed.join(" / ")),
            Said::value(name),
        );
    }
}
