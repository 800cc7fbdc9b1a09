//! A signature has the observed form: its kind, its time, its algorithms, and no reference too many.

use jiff::Timestamp;

use super::signatures;
use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{NOTHING, Subject, under};
use crate::wire::cda::{SignatureKind, SignedBy};
use crate::wire::xmldsig::{Reference, ReferenceOutcome, Report, ValueOutcome};

pub const FORM: Rule = Rule {
    sentence: "A signature has the observed form: its kind, its time, its algorithms, and no reference too many.",
    codes: &["signature-form-wrong"],
    judge,
};

const CODE: &str = "signature-form-wrong";
/// The body and the time of signing.
const REFERENCES: usize = 2;

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for signature in signatures(subject) {
        judge_kind(signature, findings);
        judge_time(signature, findings);
        judge_report(subject, &signature.report, findings);
    }
}

fn judge_kind(signature: &SignedBy, findings: &mut Findings<'_>) {
    let expected = "a professional's signature or the system's";
    match &signature.kind {
        None => findings.add(CODE, &under(&signature.spot, "signatureDescription/@code"), expected, NOTHING),
        Some(kind) => {
            if let SignatureKind::Other(code) = &kind.value {
                findings.add(CODE, &kind.spot, expected, code.as_str());
            }
        }
    }
}

fn judge_time(signature: &SignedBy, findings: &mut Findings<'_>) {
    let expected = "a date and time with its zone";
    match &signature.timestamp {
        None => findings.add(CODE, &under(&signature.spot, "signatureTimestamp"), expected, NOTHING),
        Some(time) if time.parse::<Timestamp>().is_err() => findings.add(CODE, &time.spot, expected, time.as_str()),
        Some(_) => {}
    }
}

fn judge_report(subject: &Subject<'_>, report: &Report, findings: &mut Findings<'_>) {
    let algorithms = &subject.context.profile.signature.algorithms;
    let wanted = format!("exclusive C14N, {}, sha256, the signer's certificate", algorithms.join("/"));
    if let ValueOutcome::Unsupported(reason) = &report.value {
        findings.add(CODE, &report.spot, wanted.as_str(), reason.as_str());
    } else if let Some(method) = report.method.filter(|method| !algorithms.iter().any(|one| one == method.name())) {
        findings.add(CODE, &report.spot, wanted.as_str(), format!("SignatureMethod is {}", method.name()));
    }
    if let Some(surplus) = report.references.get(REFERENCES) {
        let actual = format!("{} references", report.references.len());
        findings.add(CODE, &surplus.spot, "one reference to the body and one to the time of signing", actual);
    }
    for reference in &report.references {
        judge_reference(reference, &wanted, findings);
    }
}

fn judge_reference(reference: &Reference, wanted: &str, findings: &mut Findings<'_>) {
    if let ReferenceOutcome::Unsupported(reason) = &reference.outcome {
        findings.add(CODE, &reference.spot, wanted, reason.as_str());
    }
    if reference.namesakes > 0 && reference.outcome == ReferenceOutcome::Holds {
        let actual = format!("{} more elements with the identifier of {}", reference.namesakes, reference.uri);
        findings.add(CODE, &reference.spot, "an identifier that no other element carries", actual);
    }
}
