//! A message that archives carries a document.

use crate::domain::Operation;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "document-missing",
    requirement: "STO-06",
    sentence: "A message that archives carries a document.",
    codes: &[FindingCode::DocumentMissing],
    judge,
};

/// A nullification may name the document alone.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let (true, Some(control_act)) = (subject.reading.is_packed() && subject.archives(), subject.control_act()) else {
        return;
    };
    let (spot, expected) = match subject.frame_document() {
        None => (control_act.child("subject/clinicalDocument"), said::a_document()),
        Some(document) if document.package.is_none() && subject.operation != Operation::Nullify => {
            (document.spot.child("text"), said::base64_of_a_mime_package_multipart_related())
        }
        Some(_) => return,
    };
    findings.add(FindingCode::DocumentMissing, &spot, expected, said::nothing());
}
