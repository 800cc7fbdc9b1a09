//! The signer's certificate was issued by a trusted authority and was valid at the time of signing.

use jiff::Timestamp;

use super::signed::{signatures, signer};
use crate::domain::Evidence;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::cda::SignedBy;
use crate::wire::trust::TrustOutcome;
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "signer-not-trusted",
    requirement: "STO-16",
    sentence: "The signer's certificate was issued by a trusted authority and was valid at the time of signing.",
    codes: &[FindingCode::SignerNotTrusted, FindingCode::SignerNotJudged],
    judge,
};

/// A chain that leads nowhere makes the signature one that nobody can verify. Where no authority is known there is nobody
/// to ask, and that is said.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for signature in signatures(subject) {
        let Some(certificate) = signer(signature) else { continue };
        let spot = &signature.report.spot;
        let at = signed_at(signature).unwrap_or(subject.context.now);
        let outcome = subject.context.trust.judge_chain(certificate, &signature.report.others, at);
        let expected = said::a_certificate_of_a_trusted_authority_valid(at.to_string());
        match outcome {
            TrustOutcome::Trusted => {}
            TrustOutcome::NoAnchors => findings.add(FindingCode::SignerNotJudged, spot, expected, outcome.said()),
            TrustOutcome::UnknownIssuer | TrustOutcome::Unreadable(_) => {
                findings.add_as(FindingCode::SignerNotTrusted, Evidence::Standard, spot, expected, outcome.said());
            }
            TrustOutcome::NotYetValid | TrustOutcome::Expired | TrustOutcome::Revoked => {
                findings.add(FindingCode::SignerNotTrusted, spot, expected, outcome.said());
            }
        }
    }
}

fn signed_at(signature: &SignedBy) -> Option<Timestamp> {
    signature.timestamp.as_ref()?.parse().ok()
}
