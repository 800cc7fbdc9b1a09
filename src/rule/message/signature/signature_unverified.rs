//! A signature can be verified: its algorithms are known, its parts stand once, and its certificate can be read.

use super::signed::signatures;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::Location;
use crate::wire::xmldsig::{ReferenceOutcome, Unverified, ValueOutcome};
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "signature-unverified",
    requirement: "STO-47",
    sentence: "A signature can be verified: its algorithms are known, its parts stand once, and its certificate can be \
               read.",
    codes: &[FindingCode::SignatureUnverified, FindingCode::SignatureNotJudged],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for report in signatures(subject).iter().map(|signature| &signature.report) {
        if let ValueOutcome::Unverified(unverified) = &report.value {
            tell(subject, unverified, &report.spot, findings);
        }
        for reference in &report.references {
            if let ReferenceOutcome::Unverified(unverified) = &reference.outcome {
                tell(subject, unverified, &reference.spot, findings);
            }
        }
    }
}

/// An algorithm that the profile lists as not known to the harness yet leaves the question open; any other fails.
fn tell(subject: &JudgedMessage<'_>, unverified: &Unverified, spot: &Location, findings: &mut Findings<'_>) {
    let listed = &subject.context.profile.signature.not_judged;
    let is_listed = unverified.algorithm.as_ref().is_some_and(|algorithm| listed.contains(algorithm));
    let code = if is_listed { FindingCode::SignatureNotJudged } else { FindingCode::SignatureUnverified };
    findings.add(code, spot, said::a_signature_that_can_be_verified(), unverified.reason.clone());
}
