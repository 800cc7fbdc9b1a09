//! A document that is archived states its document group.

use crate::rule::Findings;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{NOTHING, Subject, under};

pub const GROUP_STATED: Rule = Rule {
    sentence: "A document that is archived states its document group.",
    codes: &["document-group-missing"],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(header) = subject.header().filter(|_| subject.archives()) else { return };
    if header.group.as_ref().is_none_or(|group| group.code.is_empty()) {
        let expected = format!("a code of {}", subject.context.profile.oid("document-group"));
        findings.add("document-group-missing", &under(&header.spot, "documentGroup"), expected, NOTHING);
    }
}
