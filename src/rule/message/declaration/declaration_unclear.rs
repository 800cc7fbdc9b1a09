//! A declaration document says what it declares.

use crate::reading::document_declaration;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "declaration-unclear",
    requirement: "DEC-12",
    sentence: "A declaration document says what it declares.",
    codes: &[FindingCode::DeclarationUnclear],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(document) = subject.document else { return };
    if let Err(unclear) = document_declaration(subject.reading, subject.context.profile) {
        let form = document.body.as_ref().and_then(|body| body.json.as_ref());
        let spot = form.map_or(&document.spot, |form| &form.spot);
        findings.add(FindingCode::DeclarationUnclear, spot, said::what_is_declared_and_by_whom(), unclear.said());
    }
}
