//! A document that is archived carries an electronic signature.

use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{NOTHING, Subject, under};

pub const PRESENT: Rule = Rule {
    sentence: "A document that is archived carries an electronic signature.",
    codes: &["signature-missing"],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let (Some(document), Some(header)) = (subject.document, subject.header()) else { return };
    if document.signatures.is_empty() {
        let spot = under(&header.spot, "signatureCollection/signature");
        findings.add("signature-missing", &spot, "a professional's or the system's signature", NOTHING);
    }
}
