//! A replacement replaces the newest version.

use crate::domain::Operation;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::LocatedValue;
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "correction-not-of-newest",
    requirement: "REP-05",
    sentence: "A replacement replaces the newest version.",
    codes: &[FindingCode::CorrectionNotOfNewest],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let known = subject.context.known;
    let Some(id) = replaced(subject).filter(|_| !subject.is_repeated) else { return };
    let named = known.document(id);
    if named.as_ref().is_some_and(|named| named.newest) || (named.is_none() && !known.is_complete()) {
        return;
    }
    let set_id = named.map(|named| named.set_id).or_else(|| subject.agreed_set_id().map(|set_id| set_id.value.clone()));
    let newest = set_id.and_then(|set_id| known.newest(&set_id));
    let expected = Said::value_or(newest.map(|newest| newest.id), said::a_version_that_the_archive_holds());
    findings.add(FindingCode::CorrectionNotOfNewest, &id.spot, expected, Said::value(id.as_str()));
}

/// The version that is replaced: the one linked to, or the one that a nullification without a document
/// names.
fn replaced<'a>(subject: &JudgedMessage<'a>) -> Option<&'a LocatedValue<String>> {
    match subject.operation {
        Operation::Correct | Operation::Nullify if subject.brings_version() => subject.replaced()?.id.as_ref(),
        Operation::Nullify if subject.document.is_none() => subject.frame_document()?.id.as_ref(),
        _ => None,
    }
}
