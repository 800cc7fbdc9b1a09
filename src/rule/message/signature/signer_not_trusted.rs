//! The signer's certificate was issued by a trusted authority and was valid at the time of signing.

use jiff::Timestamp;

use super::signed::{signatures, signer};
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::cda::SignedBy;
use crate::wire::trust::TrustOutcome;
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "signer-not-trusted",
    requirement: "STO-16",
    sentence: "The signer's certificate was issued by a trusted authority and was valid at the time of signing.",
    codes: &[FindingCode::SignerNotTrusted],
    judge,
};

/// Where no authority is configured there is nobody to ask.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for signature in signatures(subject) {
        let Some(certificate) = signer(signature) else { continue };
        let at = signed_at(signature).unwrap_or(subject.context.now);
        let outcome = subject.context.trust.judge_chain(certificate, &signature.report.others, at);
        if !matches!(outcome, TrustOutcome::Trusted | TrustOutcome::NoAnchors) {
            let expected = said::a_certificate_of_a_trusted_authority_valid(at.to_string());
            findings.add(FindingCode::SignerNotTrusted, &signature.report.spot, expected, outcome.said());
        }
    }
}

fn signed_at(signature: &SignedBy) -> Option<Timestamp> {
    signature.timestamp.as_ref()?.parse().ok()
}
