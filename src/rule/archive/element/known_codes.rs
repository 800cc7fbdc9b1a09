//! Codes and attributes have values that they may have. A code that is only not known yet is told in a note.

use super::Outlined;
use crate::profile::ElementRow;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{Subject, under};
use crate::rule::{FindingCode, Findings};
use crate::wire::xml::OutlineNode;
use crate::words::{Said, said};

pub const KNOWN_CODES: Rule = Rule {
    sentence: "Codes and attributes have values that they may have; a code that is only not known yet is told in a note.",
    codes: &[FindingCode::ValueNotAllowed, FindingCode::CodeUnverified],
    judge,
};

const NOT_ALLOWED: FindingCode = FindingCode::ValueNotAllowed;

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for outlined in &subject.outlined {
        for (node, row) in outlined.rows(subject.group()) {
            if !row.codes.is_empty() {
                judge_code(outlined, node, row, findings);
            }
            if !node.is_null() {
                judge_attributes(outlined, node, row, findings);
            }
        }
    }
}

/// A code of another system is another finding.
fn judge_code(outlined: &Outlined<'_>, node: OutlineNode<'_>, row: &ElementRow, findings: &mut Findings<'_>) {
    let Some(code) = row.value(node) else { return };
    let of_system = row.oid.as_deref().is_none_or(|oid| node.attribute(row.system_attribute()) == Some(oid));
    let finding = if row.closed { NOT_ALLOWED } else { FindingCode::CodeUnverified };
    if of_system && !row.codes.iter().any(|known| known == code) && !findings.is_full(finding) {
        findings.add_as(finding, row.evidence, &node.spot(outlined.part), row.codes.join(" / "), code);
    }
}

fn judge_attributes(outlined: &Outlined<'_>, node: OutlineNode<'_>, row: &ElementRow, findings: &mut Findings<'_>) {
    for (name, allowed) in &row.attributes {
        let actual = node.attribute(name).filter(|value| !value.trim().is_empty());
        let is_allowed = actual.is_some_and(|value| allowed.is_empty() || allowed.iter().any(|one| one == value));
        if !is_allowed && !findings.is_full(NOT_ALLOWED) {
            let spot = under(&node.spot(outlined.part), &format!("@{name}"));
            let expected = if allowed.is_empty() { name.clone() } else { allowed.join(" / ") };
            findings.add_as(NOT_ALLOWED, row.evidence, &spot, expected, Said::value_or(actual, said::nothing()));
        }
    }
}
