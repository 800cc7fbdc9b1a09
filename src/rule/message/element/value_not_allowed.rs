//! Codes and attributes have values that they may have.

use super::unlisted_code::unlisted_code;
use crate::profile::ElementRow;
use crate::reading::Outlined;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::Part;
use crate::wire::xml::OutlineNode;
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "value-not-allowed",
    requirement: "STO-25",
    sentence: "Codes and attributes have values that they may have.",
    codes: &[FindingCode::ValueNotAllowed],
    judge,
};

const NOT_ALLOWED: FindingCode = FindingCode::ValueNotAllowed;

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for outlined in &subject.outlined {
        for (node, row) in outlined.rows(subject.group()) {
            judge_code(outlined, node, row, findings);
            if !node.is_null() && !is_placeholder(subject, outlined, node) {
                judge_attributes(outlined, node, row, findings);
            }
        }
    }
}

/// Whether the element stands in the frame where the package of the document will be, which is given beside it: clients
/// show a word for it there, and their middleware packs it.
fn is_placeholder(subject: &JudgedMessage<'_>, outlined: &Outlined<'_>, node: OutlineNode<'_>) -> bool {
    let is_of_package =
        node.name() == "text" && node.parent().is_some_and(|parent| parent.name() == "clinicalDocument");
    outlined.part == Part::Frame && is_of_package && !subject.reading.is_packed()
}

fn judge_code(outlined: &Outlined<'_>, node: OutlineNode<'_>, row: &ElementRow, findings: &mut Findings<'_>) {
    if let Some(code) = unlisted_code(node, row).filter(|_| row.closed && !findings.is_full(NOT_ALLOWED)) {
        findings.add_as(
            NOT_ALLOWED,
            row.evidence,
            &node.spot(outlined.part),
            Said::value(row.codes.join(" / ")),
            Said::value(code),
        );
    }
}

fn judge_attributes(outlined: &Outlined<'_>, node: OutlineNode<'_>, row: &ElementRow, findings: &mut Findings<'_>) {
    for (name, allowed) in &row.attributes {
        let actual = node.attribute(name).filter(|value| !value.trim().is_empty());
        let is_allowed = actual.is_some_and(|value| allowed.is_empty() || allowed.iter().any(|one| one == value));
        if !is_allowed && !findings.is_full(NOT_ALLOWED) {
            let spot = node.spot(outlined.part).child(&format!("@{name}"));
            let expected = if allowed.is_empty() { name.clone() } else { allowed.join(" / ") };
            findings.add_as(
                NOT_ALLOWED,
                row.evidence,
                &spot,
                Said::value(expected),
                Said::value_or(actual, said::nothing()),
            );
        }
    }
}
