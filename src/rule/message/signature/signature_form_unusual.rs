//! A signature uses the algorithms of real documents, and refers to body and time, not to the whole document. What the
//! profile does not list is verified all the same.

use super::signed::signatures;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::Location;
use crate::wire::xmldsig::{ReferenceOutcome, ReferenceTarget, SignatureReport, ValueOutcome};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "signature-form-unusual",
    requirement: "STO-49",
    sentence: "A signature uses the algorithms of real documents, and refers to body and time, not to the whole document.",
    codes: &[FindingCode::SignatureFormUnusual],
    judge,
};

const CODE: FindingCode = FindingCode::SignatureFormUnusual;

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for signature in signatures(subject) {
        judge_algorithms(&subject.context.profile.signature.algorithms, &signature.report, findings);
        let references = signature.report.references.iter();
        for reference in references.filter(|reference| reference.target == ReferenceTarget::Document) {
            let actual = format!("URI {:?}", reference.uri);
            findings.add(CODE, &reference.spot, said::one_reference_to_the_body_and_one(), Said::value(actual));
        }
    }
}

/// Each once. One that is not known here is a failure of its own.
fn judge_algorithms(listed: &[String], report: &SignatureReport, findings: &mut Findings<'_>) {
    let mut told: Vec<&str> = Vec::new();
    for named in &report.algorithms {
        let is_told = listed.contains(&named.uri) || told.contains(&named.uri.as_str());
        if is_told || unknown(report).any(|uri| uri == named.uri) {
            continue;
        }
        told.push(&named.uri);
        let spot = Location::at(report.spot.part, report.spot.child(&named.element).path, named.offset);
        findings.add(CODE, &spot, Said::value(listed.join(" / ")), Said::value(named.uri.as_str()));
    }
}

/// The algorithms of the signature that could not be verified.
fn unknown(report: &SignatureReport) -> impl Iterator<Item = &str> {
    let of_value = match &report.value {
        ValueOutcome::Unverified(unverified) => Some(unverified),
        _ => None,
    };
    let of_references = report.references.iter().filter_map(|reference| match &reference.outcome {
        ReferenceOutcome::Unverified(unverified) => Some(unverified),
        _ => None,
    });
    of_value.into_iter().chain(of_references).filter_map(|unverified| unverified.algorithm.as_deref())
}
