//! The signature of a token can be verified: its algorithm is known, and its certificate leads to a trusted authority.

use super::place::in_header;
use super::subject::{NoticeCase, NoticeSubject, Signer};
use crate::reading::TokenReading;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "token-unverified",
    requirement: "DIS-33",
    sentence: "The signature of a token can be verified: its algorithm is known, and its certificate leads to a trusted \
               authority.",
    codes: &[FindingCode::TokenUnverified, FindingCode::TokenFormUnusual],
    judge,
};

/// A request comes to an endpoint, which always knows authorities: a token that none of them vouches for is refused. An
/// algorithm that the profile does not list is verified, and remarked on.
fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let spot = in_header(&case.context.profile.http_header.token.name);
    if let TokenReading::Unreadable(why) = &case.reading.token {
        findings.add(FindingCode::TokenUnverified, &spot, said::a_compact_jws_with_a_json_object(), why.clone());
    }
    let Some(signature) = &case.token_signature else { return };
    let not_judged = signature.signer.as_ref().and_then(Signer::not_judged);
    for reason in signature.unverified().chain(not_judged) {
        findings.add(FindingCode::TokenUnverified, &spot, said::a_signature_that_can_be_verified(), reason);
    }
    let listed = &case.context.profile.token.algorithms;
    if let Some(name) = signature.unusual_algorithm(listed) {
        findings.add(FindingCode::TokenFormUnusual, &spot, Said::value(listed.join(" / ")), Said::value(name));
    }
}
