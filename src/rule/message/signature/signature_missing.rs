//! A document that is archived carries an electronic signature.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "signature-missing",
    requirement: "STO-13",
    sentence: "A document that is archived carries an electronic signature.",
    codes: &[FindingCode::SignatureMissing],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let (Some(document), Some(header)) = (subject.document, subject.header()) else { return };
    if document.signatures.is_empty() {
        let spot = header.spot.child("signatureCollection/signature");
        findings.add(FindingCode::SignatureMissing, &spot, said::a_professional_s_or_the_system_s(), said::nothing());
    }
}
