//! A code is of the code system that the profile names, and an identifier of the root.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "code-system-wrong",
    requirement: "STO-24",
    sentence: "A code is of the code system that the profile names, and an identifier of the root.",
    codes: &[FindingCode::CodeSystemWrong],
    judge,
};

const CODE: FindingCode = FindingCode::CodeSystemWrong;

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for outlined in &subject.outlined {
        for (node, row) in outlined.rows(subject.group()) {
            let Some(expected) = row.oid.as_ref().filter(|_| row.value(node).is_some()) else { continue };
            let attribute = row.system_attribute();
            let actual = node.attribute(attribute);
            // What a code of the harness's own means, and whether it may stand there, other rules say.
            if actual == Some(subject.context.profile.oid("placeholder")) {
                continue;
            }
            if actual != Some(expected.as_str()) && !findings.is_full(CODE) {
                let spot = node.spot(outlined.part).child(&format!("@{attribute}"));
                findings.add_as(
                    CODE,
                    row.evidence,
                    &spot,
                    Said::value(expected.as_str()),
                    Said::value_or(actual, said::nothing()),
                );
            }
        }
    }
}
