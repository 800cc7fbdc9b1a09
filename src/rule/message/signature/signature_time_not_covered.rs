//! A signature covers its own time of signing.

use super::covered::lacks;
use super::signed::signatures;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::xmldsig::ReferenceTarget;
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "signature-time-not-covered",
    requirement: "STO-15",
    sentence: "A signature covers its own time of signing.",
    codes: &[FindingCode::SignatureTimeNotCovered],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for report in signatures(subject).iter().map(|signature| &signature.report) {
        if lacks(report, ReferenceTarget::Timestamp) {
            let expected = said::a_reference_to("signatureTimestamp");
            let spot = report.spot.child("SignedInfo");
            findings.add(FindingCode::SignatureTimeNotCovered, &spot, expected, said::nothing());
        }
    }
}
