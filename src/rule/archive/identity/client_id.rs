//! A client is identified by an identity code, or by a temporary identifier where that will do.

use serde_json::Value;

use crate::domain::HETU_ROOT;
use crate::rule::archive::body::clients;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::Subject;
use crate::rule::{FindingCode, Findings};
use crate::wire::Placed;
use crate::wire::hl7::InstanceId;
use crate::wire::json::pointer_to;
use crate::words::{Said, said};

pub const CLIENT_ID: Rule = Rule {
    sentence: "A client is identified by an identity code, or by a temporary identifier where that will do.",
    codes: &[FindingCode::ClientIdWrong, FindingCode::TemporaryIdNotAllowed],
    judge,
};

fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    for id in ids(subject) {
        if id.root == HETU_ROOT {
            continue;
        }
        if !subject.context.profile.identity.temporary.is_root(&id.root) || id.extension.trim().is_empty() {
            findings.add(
                FindingCode::ClientIdWrong,
                &id.spot,
                said::either_an_identity_code_or_a_temporary(),
                format!("{} {}", id.root, id.extension),
            );
        } else if let Some(expected) = needs_identity_code(subject) {
            findings.add(FindingCode::TemporaryIdNotAllowed, &id.spot, expected, id.root.as_str());
        }
    }
    judge_json(subject, findings);
}

fn ids<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a Placed<InstanceId>> + use<'a> {
    let framed = subject.frame_document().into_iter().flat_map(|frame| &frame.clients);
    let own = subject.document.into_iter().flat_map(|document| &document.clients);
    framed.filter_map(|client| client.id.as_ref()).chain(own.filter_map(|client| client.id.as_ref()))
}

/// That the client needs an identity code, and why: the document's group, or what its structured form says.
fn needs_identity_code(subject: &Subject<'_>) -> Option<Said> {
    let needed = &subject.context.profile.identity.needed;
    let group = subject.header().and_then(|header| header.group.as_ref());
    if let Some(group) = group.filter(|group| needed.groups.contains(&group.code)) {
        return Some(said::an_identity_code_since_document_group_is(&group.code));
    }
    let member = needed.members.iter().find(|member| is_true(subject, member))?;
    Some(said::an_identity_code_since_it_is(member))
}

fn is_true(subject: &Subject<'_>, member: &str) -> bool {
    let content = subject.json().and_then(|json| json.value.as_object()).and_then(|members| members.values().next());
    content.and_then(|content| content.pointer(&format!("/{member}"))) == Some(&Value::Bool(true))
}

fn judge_json(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let Some(json) = subject.json() else { return };
    let Some((pointer, clients)) = clients(&json.value) else { return };
    let is_list = json.value.pointer(&pointer).is_some_and(Value::is_array);
    for (index, client) in clients.iter().enumerate() {
        if ["henkilotunnus", "tilapainen_yksilointitunnus"].iter().all(|member| client.get(member).is_some()) {
            let pointer = if is_list { pointer_to(&pointer, index) } else { pointer.clone() };
            let spot = json.spot(&pointer_to(&pointer, "tilapainen_yksilointitunnus"));
            findings.add(
                FindingCode::ClientIdWrong,
                &spot,
                said::either_an_identity_code_or_a_temporary(),
                said::both(),
            );
        }
    }
}
