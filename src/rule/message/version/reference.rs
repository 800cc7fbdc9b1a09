//! A document points upwards to a client relationship or a matter that the archive holds.

use crate::profile::{MissingReference, Upward};
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "reference",
    requirement: "STO-17",
    sentence: "A document points upwards to a client relationship or a matter that the archive holds.",
    codes: &[FindingCode::ReferenceNotFound, FindingCode::ReferenceUnresolved],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let known = subject.context.known;
    let group = subject.group().and_then(|code| subject.context.profile.document_group(code));
    let (true, true, Some(group)) = (known.is_complete(), subject.archives(), group) else { return };
    if group.upward == Upward::None || replaces_what_is_known(subject) {
        return;
    }
    let relationship = subject.header().and_then(|header| header.relationship.as_ref());
    let matter = subject.document.and_then(|document| document.matter.as_ref());
    let (pointer, expected, exists): (_, _, &dyn Fn(&str) -> bool) = match group.upward {
        Upward::None => return,
        Upward::Relationship => {
            (relationship, said::a_client_relationship_in_the_archive(), &|id| known.relationship_exists(id))
        }
        Upward::Matter => (matter, said::a_matter_in_the_archive(), &|id| known.matter_exists(id)),
    };
    if let Some(pointer) = pointer.filter(|pointer| !exists(pointer)) {
        let code = match group.missing_reference {
            MissingReference::Refuse => FindingCode::ReferenceNotFound,
            MissingReference::Warn => FindingCode::ReferenceUnresolved,
        };
        findings.add(code, &pointer.spot, expected, Said::value(pointer.as_str()));
    }
}

/// A replacement points where the version before it did, which the archive took with it.
fn replaces_what_is_known(subject: &JudgedMessage<'_>) -> bool {
    let known = subject.context.known;
    let linked = subject.replaced().and_then(|parent| known.document(parent.id.as_ref()?));
    linked.or_else(|| known.newest(subject.agreed_set_id()?)).is_some()
}
