//! A document that is archived states its document group.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "document-group-missing",
    requirement: "STO-03",
    sentence: "A document that is archived states its document group.",
    codes: &[FindingCode::DocumentGroupMissing],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(header) = subject.header().filter(|_| subject.archives()) else { return };
    if header.group.as_ref().is_none_or(|group| group.code.is_empty()) {
        let expected = said::a_code_of(subject.context.profile.oid("document-group"));
        findings.add(FindingCode::DocumentGroupMissing, &header.spot.child("documentGroup"), expected, said::nothing());
    }
}
