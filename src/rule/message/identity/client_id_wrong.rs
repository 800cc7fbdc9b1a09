//! A client is identified by an identity code or by a temporary identifier, and not by both.

use serde_json::Value;

use super::client_ids::{client_ids, is_temporary};
use crate::domain::HETU_ROOT;
use crate::rule::message::body::json_clients::clients;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::json::pointer_to;
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "client-id-wrong",
    requirement: "STO-40",
    sentence: "A client is identified by an identity code or by a temporary identifier, and not by both.",
    codes: &[CODE],
    judge,
};

const CODE: FindingCode = FindingCode::ClientIdWrong;

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for id in client_ids(subject).filter(|id| id.root != HETU_ROOT && !is_temporary(subject, id)) {
        let expected = said::either_an_identity_code_or_a_temporary();
        findings.add(CODE, &id.spot, expected, Said::value(format!("{} {}", id.root, id.extension)));
    }
    judge_json(subject, findings);
}

fn judge_json(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(json) = subject.json() else { return };
    let Some((pointer, clients)) = clients(&json.value) else { return };
    let is_list = json.value.pointer(&pointer).is_some_and(Value::is_array);
    for (index, client) in clients.iter().enumerate() {
        if ["henkilotunnus", "tilapainen_yksilointitunnus"].iter().all(|member| client.get(member).is_some()) {
            let pointer = if is_list { pointer_to(&pointer, index) } else { pointer.clone() };
            let spot = json.spot(&pointer_to(&pointer, "tilapainen_yksilointitunnus"));
            findings.add(CODE, &spot, said::either_an_identity_code_or_a_temporary(), said::both());
        }
    }
}
