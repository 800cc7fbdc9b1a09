//! A signature has the observed form: its kind, its time, and no reference too many.

use jiff::Timestamp;

use super::signed::signatures;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::cda::SignedBy;
use crate::wire::xmldsig::{ReferenceOutcome, SignatureReport};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "signature-form-wrong",
    requirement: "STO-15",
    sentence: "A signature has the observed form: its kind, its time, and no reference too many.",
    codes: &[FindingCode::SignatureFormWrong],
    judge,
};

const CODE: FindingCode = FindingCode::SignatureFormWrong;
/// The body and the time of signing.
const REFERENCES: usize = 2;

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for signature in signatures(subject) {
        judge_kind(subject, signature, findings);
        judge_time(signature, findings);
        judge_report(&signature.report, findings);
    }
}

fn judge_kind(subject: &JudgedMessage<'_>, signature: &SignedBy, findings: &mut Findings<'_>) {
    let expected = said::a_professional_s_signature_or_the_system();
    match &signature.kind {
        None => findings.add(CODE, &signature.spot.child("signatureDescription/@code"), expected, said::nothing()),
        Some(kind) => {
            if subject.context.profile.signature.kind_of(&kind.value).is_none() {
                findings.add(CODE, &kind.spot, expected, Said::value(kind.value.as_str()));
            }
        }
    }
}

fn judge_time(signature: &SignedBy, findings: &mut Findings<'_>) {
    let expected = said::a_date_and_time_with_its_zone();
    match &signature.timestamp {
        None => findings.add(CODE, &signature.spot.child("signatureTimestamp"), expected, said::nothing()),
        Some(time) if time.parse::<Timestamp>().is_err() => {
            findings.add(CODE, &time.spot, expected, Said::value(time.as_str()));
        }
        Some(_) => {}
    }
}

fn judge_report(report: &SignatureReport, findings: &mut Findings<'_>) {
    if let Some(surplus) = report.references.get(REFERENCES) {
        let actual = said::references(report.references.len());
        findings.add(CODE, &surplus.spot, said::one_reference_to_the_body_and_one(), actual);
    }
    for reference in report.references.iter().filter(|reference| reference.namesakes > 0) {
        if reference.outcome == ReferenceOutcome::Holds {
            let actual = said::more_elements_with_the_identifier_of(reference.namesakes, &reference.uri);
            findings.add(CODE, &reference.spot, said::an_identifier_that_no_other_element_carries(), actual);
        }
    }
}
