//! A signature covers the body of the document and its own time of signing, by element and not by
//! identifier alone.

use super::signatures;
use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{NOTHING, Subject, under};
use crate::wire::xmldsig::{Reference, ReferenceOutcome, Report, Target, ValueOutcome};

pub const TARGETS: Rule = Rule {
    sentence: "A signature covers the body of the document and its own time of signing, by element and not by \
               identifier alone.",
    codes: &["signature-target-wrong", "signature-time-not-covered"],
    judge,
};

const CODE: &str = "signature-target-wrong";

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for signature in signatures(subject) {
        judge_report(&signature.report, findings);
    }
}

/// A signature outside the form gives no references to judge.
fn judge_report(report: &Report, findings: &mut Findings<'_>) {
    let astray: Vec<&Reference> = report.references.iter().filter(|reference| is_astray(reference)).collect();
    for reference in &astray {
        findings.add(CODE, &reference.spot, "nonXMLBody or the signatureTimestamp beside", hit(reference));
    }
    let read = !report.references.is_empty() || !matches!(report.value, ValueOutcome::Unsupported(_));
    if !astray.is_empty() || !read || report.references.iter().any(is_out_of_form) {
        return;
    }
    let targets =
        [(CODE, Target::Body, "nonXMLBody"), ("signature-time-not-covered", Target::Timestamp, "signatureTimestamp")];
    for (code, target, name) in targets {
        if !report.references.iter().any(|reference| reference.target == target) {
            findings.add(code, &under(&report.spot, "SignedInfo"), format!("a reference to {name}"), NOTHING);
        }
    }
}

fn is_out_of_form(reference: &Reference) -> bool {
    matches!(reference.outcome, ReferenceOutcome::Unsupported(_))
}

fn is_astray(reference: &Reference) -> bool {
    matches!(reference.target, Target::Elsewhere | Target::Unresolved) && !is_out_of_form(reference)
}

fn hit(reference: &Reference) -> String {
    match reference.outcome {
        ReferenceOutcome::TargetMissing => format!("{}, which no element carries", reference.uri),
        ReferenceOutcome::TargetAmbiguous(count) => format!("{}, which {count} elements carry", reference.uri),
        _ => format!("{}, which another element carries", reference.uri),
    }
}
