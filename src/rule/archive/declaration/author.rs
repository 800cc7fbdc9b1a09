//! A declaration document that a client system sends names the professional who made it.

use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;
use crate::rule::{FindingCode, Findings};
use crate::words::said;

pub const DECLARATION_AUTHOR: Rule = Rule {
    sentence: "A declaration document that a client system sends names the professional who made it.",
    codes: &[FindingCode::DeclarationAuthorMissing],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
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
