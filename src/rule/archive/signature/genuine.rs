//! A signature is genuine: the digests of body and time hold, and so does the value. Each is told on its
//! own, since that tells where to look.

use super::signatures;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;
use crate::rule::{FindingCode, Findings};
use crate::wire::cda::SignedBy;
use crate::wire::xmldsig::{Reference, ReferenceOutcome, Target, ValueOutcome};
use crate::words::said;

pub const GENUINE: Rule = Rule {
    sentence: "A signature is genuine: the digests of body and time hold, and so does the value.",
    codes: &[
        FindingCode::SignatureBodyDiffers,
        FindingCode::SignatureTimestampDiffers,
        FindingCode::SignatureValueWrong,
    ],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for signature in signatures(subject) {
        for reference in &signature.report.references {
            if reference.outcome == ReferenceOutcome::Differs {
                tell_change(subject, signature, reference, findings);
            }
        }
        if signature.report.value == ValueOutcome::Differs {
            let expected = said::a_value_made_over_signed_info_with();
            findings.add(FindingCode::SignatureValueWrong, &signature.report.spot, expected, said::another_value());
        }
    }
}

/// The place is what was changed, since the digest in the reference is what was there before.
fn tell_change(subject: &Subject<'_>, signature: &SignedBy, reference: &Reference, findings: &mut Findings<'_>) {
    let (code, changed) = match reference.target {
        Target::Body => (FindingCode::SignatureBodyDiffers, subject.body().map(|body| &body.spot)),
        Target::Timestamp => {
            (FindingCode::SignatureTimestampDiffers, signature.timestamp.as_ref().map(|time| &time.spot))
        }
        // What else is signed is wrong already, whether it was changed or not.
        Target::Elsewhere | Target::Unresolved => return,
    };
    let expected = said::what_was_signed_as(&reference.uri);
    findings.add(code, changed.unwrap_or(&reference.spot), expected, said::content_with_another_digest());
}
