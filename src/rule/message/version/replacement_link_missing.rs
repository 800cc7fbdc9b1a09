//! A replacement names what it replaces in relatedDocument: identifier, setId and version as they are.

use crate::domain::Operation;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject, or_nothing};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::LocatedValue;
use crate::wire::cda::Parent;
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "replacement-link-missing",
    requirement: "REP-04",
    sentence: "A replacement names what it replaces in relatedDocument: identifier, setId and version as they are.",
    codes: &[FindingCode::ReplacementLinkMissing],
    judge,
};

const CODE: FindingCode = FindingCode::ReplacementLinkMissing;

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let replaces = matches!(subject.operation, Operation::Correct | Operation::Nullify);
    let Some(document) = subject.document.filter(|_| replaces && subject.brings_version()) else { return };
    let expected = said::type_code_rplc_with_the_identifier_of();
    match subject.replaced() {
        Some(parent) if parent.id.is_some() => judge_link(subject, parent, findings),
        Some(parent) => findings.add(CODE, &parent.spot.child("parentDocument/id"), expected, said::nothing()),
        None => match document.parents.first() {
            Some(other) => {
                let actual = or_nothing(other.type_code.as_ref());
                findings.add(CODE, &other.spot.child("@typeCode"), expected, actual);
            }
            None => findings.add(CODE, &document.spot.child("relatedDocument"), expected, said::nothing()),
        },
    }
}

fn judge_link(subject: &JudgedMessage<'_>, parent: &Parent, findings: &mut Findings<'_>) {
    let Some(named) = parent.id.as_ref().and_then(|id| subject.context.known.document(id)) else { return };
    let stated: [(&Option<LocatedValue<String>>, String); 2] =
        [(&parent.set_id, named.set_id), (&parent.version, named.version.to_string())];
    for (stated, expected) in stated {
        if let Some(stated) = stated.as_ref().filter(|stated| stated.value != expected) {
            findings.add(CODE, &stated.spot, Said::value(expected), Said::value(stated.as_str()));
        }
    }
}
