//! A new document has an identifier that no other document had.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "document-id-reused",
    requirement: "STO-19",
    sentence: "A new document has an identifier that no other document had.",
    codes: &[FindingCode::DocumentIdReused],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let (Some(id), Some(namesake)) = (subject.agreed_id(), &subject.namesake) else { return };
    if subject.archives() && !subject.is_repeated && !subject.is_same_document(namesake) {
        let actual = said::which_version_of_has(&id.value, namesake.version, &namesake.set_id);
        findings.add(FindingCode::DocumentIdReused, &id.spot, said::an_identifier_that_no_other_document_has(), actual);
    }
}
