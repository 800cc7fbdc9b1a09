//! A document that is archived states its document group.

use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{Subject, under};
use crate::rule::{FindingCode, Findings};
use crate::words::said;

pub const GROUP_STATED: Rule = Rule {
    sentence: "A document that is archived states its document group.",
    codes: &[FindingCode::DocumentGroupMissing],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(header) = subject.header().filter(|_| subject.archives()) else { return };
    if header.group.as_ref().is_none_or(|group| group.code.is_empty()) {
        let expected = said::a_code_of(subject.context.profile.oid("document-group"));
        findings.add(
            FindingCode::DocumentGroupMissing,
            &under(&header.spot, "documentGroup"),
            expected,
            said::nothing(),
        );
    }
}
