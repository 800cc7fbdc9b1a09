//! A document that is archived carries an electronic signature.

use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{Subject, under};
use crate::rule::{FindingCode, Findings};
use crate::words::said;

pub const PRESENT: Rule = Rule {
    sentence: "A document that is archived carries an electronic signature.",
    codes: &[FindingCode::SignatureMissing],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let (Some(document), Some(header)) = (subject.document, subject.header()) else { return };
    if document.signatures.is_empty() {
        let spot = under(&header.spot, "signatureCollection/signature");
        findings.add(FindingCode::SignatureMissing, &spot, said::a_professional_s_or_the_system_s(), said::nothing());
    }
}
