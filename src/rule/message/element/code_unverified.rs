//! A code is one of those that are known; that others are not known yet is told in a note.

use super::unlisted_code::unlisted_code;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::Said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "code-unverified",
    requirement: "STO-25",
    sentence: "A code is one of those that are known; that others are not known yet is told in a note.",
    codes: &[CODE],
    judge,
};

const CODE: FindingCode = FindingCode::CodeUnverified;

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for outlined in &subject.outlined {
        for (node, row) in outlined.rows(subject.group()) {
            if let Some(code) = unlisted_code(node, row).filter(|_| !row.closed && !findings.is_full(CODE)) {
                findings.add_as(
                    CODE,
                    row.evidence,
                    &node.spot(outlined.part),
                    Said::value(row.codes.join(" / ")),
                    Said::value(code),
                );
            }
        }
    }
}
