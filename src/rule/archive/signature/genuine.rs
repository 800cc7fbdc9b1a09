//! A signature is genuine: the digests of body and time hold, and so does the value. Each is told on its
//! own, since that tells where to look.

use super::signatures;
use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;
use crate::wire::xmldsig::{ReferenceOutcome, Target, ValueOutcome};

pub const GENUINE: Rule = Rule {
    sentence: "A signature is genuine: the digests of body and time hold, and so does the value.",
    codes: &["signature-body-differs", "signature-timestamp-differs", "signature-value-wrong"],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for report in signatures(subject).iter().map(|signature| &signature.report) {
        let changed = report.references.iter().filter(|reference| reference.outcome == ReferenceOutcome::Differs);
        for reference in changed {
            let expected = format!("the digest of {}", reference.uri);
            match reference.target {
                Target::Body => findings.add("signature-body-differs", &reference.spot, expected, "another digest"),
                Target::Timestamp => {
                    findings.add("signature-timestamp-differs", &reference.spot, expected, "another digest");
                }
                // What else is signed is wrong already, whether it was changed or not.
                Target::Elsewhere | Target::Unresolved => {}
            }
        }
        if report.value == ValueOutcome::Differs {
            let expected = "a value made over SignedInfo with the key of the certificate";
            findings.add("signature-value-wrong", &report.spot, expected, "another value");
        }
    }
}
