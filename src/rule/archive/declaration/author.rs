//! A declaration document that a client system sends names the professional who made it.

use super::super::subject::NOTHING;
use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;

pub const DECLARATION_AUTHOR: Rule = Rule {
    sentence: "A declaration document that a client system sends names the professional who made it.",
    codes: &["declaration-author-missing"],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let (Some(json), Some(row)) = (subject.json(), subject.declaration_row()) else { return };
    let Some(author) = &row.author else { return };
    let pointer = format!("/{}{author}", row.root);
    if json.value.pointer(&pointer).is_none_or(|author| !author.is_object()) {
        findings.add("declaration-author-missing", &json.spot(&pointer), "the professional who made it", NOTHING);
    }
}
