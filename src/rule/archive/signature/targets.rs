//! A signature covers the body of the document and its own time of signing, by element and not by
//! identifier alone.

use super::signatures;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{Subject, under};
use crate::rule::{FindingCode, Findings};
use crate::wire::xmldsig::{Reference, ReferenceOutcome, Report, Target, ValueOutcome};
use crate::words::{Said, said};

pub const TARGETS: Rule = Rule {
    sentence: "A signature covers the body of the document and its own time of signing, by element and not by \
               identifier alone.",
    codes: &[FindingCode::SignatureTargetWrong, FindingCode::SignatureTimeNotCovered],
    judge,
};

const CODE: FindingCode = FindingCode::SignatureTargetWrong;

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for signature in signatures(subject) {
        judge_report(&signature.report, findings);
    }
}

/// A signature outside the form gives no references to judge.
fn judge_report(report: &Report, findings: &mut Findings<'_>) {
    let astray: Vec<&Reference> = report.references.iter().filter(|reference| is_astray(reference)).collect();
    for reference in &astray {
        findings.add(CODE, &reference.spot, said::non_xmlbody_or_the_signature_timestamp_beside(), hit(reference));
    }
    let read = !report.references.is_empty() || !matches!(report.value, ValueOutcome::Unsupported(_));
    if !astray.is_empty() || !read || report.references.iter().any(is_out_of_form) {
        return;
    }
    let targets = [
        (CODE, Target::Body, "nonXMLBody"),
        (FindingCode::SignatureTimeNotCovered, Target::Timestamp, "signatureTimestamp"),
    ];
    for (code, target, name) in targets {
        if !report.references.iter().any(|reference| reference.target == target) {
            findings.add(code, &under(&report.spot, "SignedInfo"), said::a_reference_to(name), said::nothing());
        }
    }
}

fn is_out_of_form(reference: &Reference) -> bool {
    matches!(reference.outcome, ReferenceOutcome::Unsupported(_))
}

fn is_astray(reference: &Reference) -> bool {
    matches!(reference.target, Target::Elsewhere | Target::Unresolved) && !is_out_of_form(reference)
}

fn hit(reference: &Reference) -> Said {
    match reference.outcome {
        ReferenceOutcome::TargetMissing => said::which_no_element_carries(&reference.uri),
        ReferenceOutcome::TargetAmbiguous(count) => said::which_elements_carry(&reference.uri, count),
        _ => said::which_another_element_carries(&reference.uri),
    }
}
