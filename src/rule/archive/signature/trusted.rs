//! The signer's certificate was issued by a trusted authority and was valid at the time of signing.

use jiff::Timestamp;

use super::{signatures, signer};
use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;
use crate::wire::cda::SignedBy;
use crate::wire::trust::TrustOutcome;

pub const TRUSTED: Rule = Rule {
    sentence: "The signer's certificate was issued by a trusted authority and was valid at the time of signing.",
    codes: &["signer-not-trusted"],
    judge,
};

/// Where no authority is configured there is nobody to ask.
fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for signature in signatures(subject) {
        let Some(certificate) = signer(signature) else { continue };
        let at = signed_at(signature).unwrap_or(subject.context.now);
        let outcome = subject.context.trust.judge_chain(certificate, &signature.report.others, at);
        if !matches!(outcome, TrustOutcome::Trusted | TrustOutcome::NoAnchors) {
            let expected = format!("a certificate of a trusted authority, valid at {at}");
            findings.add("signer-not-trusted", &signature.report.spot, expected, outcome.to_string());
        }
    }
}

fn signed_at(signature: &SignedBy) -> Option<Timestamp> {
    signature.timestamp.as_ref()?.parse().ok()
}
