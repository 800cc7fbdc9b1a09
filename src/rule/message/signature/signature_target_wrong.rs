//! A signature covers the body of the document, by element and not by identifier alone.

use super::covered::{is_astray, lacks};
use super::signed::signatures;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::xmldsig::{Reference, ReferenceOutcome, ReferenceTarget};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "signature-target-wrong",
    requirement: "STO-13",
    sentence: "A signature covers the body of the document, by element and not by identifier alone.",
    codes: &[CODE],
    judge,
};

const CODE: FindingCode = FindingCode::SignatureTargetWrong;

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for report in signatures(subject).iter().map(|signature| &signature.report) {
        for reference in report.references.iter().filter(|reference| is_astray(reference)) {
            findings.add(CODE, &reference.spot, said::non_xmlbody_or_the_signature_timestamp_beside(), hit(reference));
        }
        if lacks(report, ReferenceTarget::Body) {
            let expected = said::a_reference_to("nonXMLBody");
            findings.add(CODE, &report.spot.child("SignedInfo"), expected, said::nothing());
        }
    }
}

fn hit(reference: &Reference) -> Said {
    match reference.outcome {
        ReferenceOutcome::TargetMissing => said::which_no_element_carries(&reference.uri),
        ReferenceOutcome::TargetAmbiguous(count) => said::which_elements_carry(&reference.uri, count),
        _ => said::which_another_element_carries(&reference.uri),
    }
}
