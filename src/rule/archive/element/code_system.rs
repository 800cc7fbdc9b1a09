//! A code is of the code system that the profile names, and an identifier of the root.

use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{Subject, under};
use crate::rule::{FindingCode, Findings};
use crate::words::{Said, said};

pub const CODE_SYSTEM: Rule = Rule {
    sentence: "A code is of the code system that the profile names, and an identifier of the root.",
    codes: &[FindingCode::CodeSystemWrong],
    judge,
};

const CODE: FindingCode = FindingCode::CodeSystemWrong;

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
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
                let spot = under(&node.spot(outlined.part), &format!("@{attribute}"));
                findings.add_as(CODE, row.evidence, &spot, expected.as_str(), Said::value_or(actual, said::nothing()));
            }
        }
    }
}
