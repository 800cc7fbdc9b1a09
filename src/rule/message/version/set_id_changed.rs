//! Every version of a document keeps setId.

use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::LocatedValue;
use crate::words::Said;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "set-id-changed",
    requirement: "REP-02",
    sentence: "Every version of a document keeps setId.",
    codes: &[FindingCode::SetIdChanged],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some((stated, expected)) = change(subject).filter(|_| subject.archives() && !subject.is_repeated) else {
        return;
    };
    if stated.value != expected {
        findings.add(FindingCode::SetIdChanged, &stated.spot, Said::value(expected), Said::value(stated.as_str()));
    }
}

/// `setId` as stated, and as the version has it that this message is about.
fn change<'a>(subject: &JudgedMessage<'a>) -> Option<(&'a LocatedValue<String>, String)> {
    let known = subject.context.known;
    if subject.document.is_none() {
        let frame = subject.frame_document()?;
        let named = known.document(frame.id.as_ref()?)?;
        return Some((frame.set_id.as_ref()?, named.set_id));
    }
    let parent = subject.replaced()?;
    let replaced = parent.id.as_ref().and_then(|id| known.document(id)).map(|replaced| replaced.set_id);
    let expected = replaced.or_else(|| parent.set_id.as_ref().map(|set_id| set_id.value.clone()))?;
    Some((subject.agreed_set_id()?, expected))
}
