//! A client has a temporary identifier only where that will do.

use serde_json::Value;

use super::client_ids::{client_ids, is_temporary};
use crate::domain::HETU_ROOT;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "temporary-id-not-allowed",
    requirement: "STO-41",
    sentence: "A client has a temporary identifier only where that will do.",
    codes: &[FindingCode::TemporaryIdNotAllowed],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(expected) = needs_identity_code(subject) else { return };
    for id in client_ids(subject).filter(|id| id.root != HETU_ROOT && is_temporary(subject, id)) {
        findings.add(FindingCode::TemporaryIdNotAllowed, &id.spot, expected.clone(), Said::value(id.root.as_str()));
    }
}

/// That the client needs an identity code, and why: the document's group, or what its structured form says.
fn needs_identity_code(subject: &JudgedMessage<'_>) -> Option<Said> {
    let needed = &subject.context.profile.identity.needed;
    let group = subject.header().and_then(|header| header.group.as_ref());
    if let Some(group) = group.filter(|group| needed.groups.contains(&group.code)) {
        return Some(said::an_identity_code_since_document_group_is(&group.code));
    }
    let member = needed.members.iter().find(|member| is_true(subject, member))?;
    Some(said::an_identity_code_since_it_is(member))
}

fn is_true(subject: &JudgedMessage<'_>, member: &str) -> bool {
    let content = subject.json().and_then(|json| json.value.as_object()).and_then(|members| members.values().next());
    content.and_then(|content| content.pointer(&format!("/{member}"))) == Some(&Value::Bool(true))
}
