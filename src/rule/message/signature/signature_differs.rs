//! What a signature covers is as it was signed: the digests of body and time hold. Each is told on its own, since
//! that tells where to look.

use super::signed::signatures;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::cda::SignedBy;
use crate::wire::xmldsig::{Reference, ReferenceOutcome, ReferenceTarget};
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "signature-differs",
    requirement: "STO-14",
    sentence: "What a signature covers is as it was signed: the digests of body and time hold.",
    codes: &[FindingCode::SignatureBodyDiffers, FindingCode::SignatureTimestampDiffers],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for signature in signatures(subject) {
        for reference in &signature.report.references {
            if reference.outcome == ReferenceOutcome::Differs {
                tell_change(subject, signature, reference, findings);
            }
        }
    }
}

/// The place is what was changed, since the digest in the reference is what was there before.
fn tell_change(subject: &JudgedMessage<'_>, signature: &SignedBy, reference: &Reference, findings: &mut Findings<'_>) {
    let (code, changed) = match reference.target {
        ReferenceTarget::Body => (FindingCode::SignatureBodyDiffers, subject.body().map(|body| &body.spot)),
        ReferenceTarget::Timestamp => {
            (FindingCode::SignatureTimestampDiffers, signature.timestamp.as_ref().map(|time| &time.spot))
        }
        // What else is signed is wrong already, whether it was changed or not.
        ReferenceTarget::Elsewhere | ReferenceTarget::Unresolved => return,
        ReferenceTarget::Document | ReferenceTarget::Signature => (FindingCode::SignatureBodyDiffers, None),
    };
    let expected = said::what_was_signed_as(&reference.uri);
    findings.add(code, changed.unwrap_or(&reference.spot), expected, said::content_with_another_digest());
}
