//! A declaration document that a client system sends names the professional who made it.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "declaration-author-missing",
    requirement: "DEC-13",
    sentence: "A declaration document that a client system sends names the professional who made it.",
    codes: &[FindingCode::DeclarationAuthorMissing],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let (Some(json), Some(row)) = (subject.json(), subject.declaration_row()) else { return };
    let Some(author) = &row.author else { return };
    let pointer = format!("/{}{author}", row.root);
    if json.value.pointer(&pointer).is_none_or(|author| !author.is_object()) {
        findings.add(
            FindingCode::DeclarationAuthorMissing,
            &json.spot(&pointer),
            said::the_professional_who_made_it(),
            said::nothing(),
        );
    }
}
