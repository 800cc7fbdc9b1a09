//! The structured form is about the client of the header.

use serde_json::Value;

use super::json_clients::clients;
use crate::domain::Hetu;
use crate::rule::message::document::frame_document_differs::clients_agree;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject, test_code};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::hl7::InstanceId;
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "json-client-differs",
    requirement: "STO-11",
    sentence: "The structured form is about the client of the header.",
    codes: &[FindingCode::JsonClientDiffers],
    judge,
};

/// Codes that are wrong in themselves, and clients on whom frame and document differ, are not compared:
/// those are other findings.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let Some(json) = subject.json() else { return };
    let Some((pointer, clients)) = clients(&json.value) else { return };
    let told: Vec<ClientId<'_>> = clients.iter().flat_map(|client| told(client)).collect();
    if !clients_agree(subject) || told.contains(&ClientId::Wrong) {
        return;
    }
    let own = || ids(subject).filter_map(|id| named(subject, id));
    if !own().all(|own| told.iter().any(|told| told.is(&own))) {
        let expected = own().map(|own| own.shown());
        findings.add(
            FindingCode::JsonClientDiffers,
            &json.spot(&pointer),
            listed(expected),
            listed(told.iter().map(ClientId::shown)),
        );
    }
}

/// Whether the structured form is about each client of the header.
pub fn is_client_told(subject: &JudgedMessage<'_>) -> bool {
    let listed = subject.json().and_then(|json| clients(&json.value)).map(|(_, clients)| clients).unwrap_or_default();
    let told: Vec<ClientId<'_>> = listed.iter().flat_map(|client| self::told(client)).collect();
    ids(subject).all(|id| named(subject, id).is_some_and(|own| told.iter().any(|told| told.is(&own))))
}

/// How a client is identified.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ClientId<'a> {
    /// By an identity code for tests.
    Code(Hetu),
    /// By a temporary identifier: root or nothing, and what stands below it.
    Temporary(&'a str, &'a str),
    /// By what is neither.
    Wrong,
}

impl ClientId<'_> {
    /// A structured form may give a temporary identifier with its root as system, or as one OID.
    fn is(&self, own: &ClientId<'_>) -> bool {
        match (self, own) {
            (Self::Temporary(system, value), ClientId::Temporary(root, extension)) => {
                let whole = value.strip_prefix(root).and_then(|below| below.strip_prefix('.'));
                (value == extension && (system.is_empty() || system == root)) || whole == Some(extension)
            }
            _ => self == own && *self != Self::Wrong,
        }
    }

    fn shown(&self) -> Said {
        match self {
            Self::Code(code) => Said::value(code.to_string()),
            Self::Temporary(root, extension) => Said::value(format!("{root} {extension}").trim()),
            Self::Wrong => said::nothing(),
        }
    }
}

fn ids<'a>(subject: &JudgedMessage<'a>) -> impl Iterator<Item = &'a InstanceId> + use<'a> {
    let clients = subject.document.into_iter().flat_map(|document| &document.clients);
    clients.filter_map(|client| client.id.as_ref().map(|id| &id.value))
}

/// The client whom an identifier of the header names.
fn named<'a>(subject: &JudgedMessage<'_>, id: &'a InstanceId) -> Option<ClientId<'a>> {
    let is_temporary = subject.context.profile.identity.temporary.is_root(&id.root);
    test_code(id).map(ClientId::Code).or_else(|| is_temporary.then_some(ClientId::Temporary(&id.root, &id.extension)))
}

fn listed(told: impl Iterator<Item = Said>) -> Said {
    let mut listed: Vec<Said> = told.collect();
    listed.sort_unstable_by_key(ToString::to_string);
    listed.dedup();
    if listed.is_empty() { said::nothing() } else { Said::List(listed) }
}

/// How the structured form identifies a client.
fn told(client: &Value) -> impl Iterator<Item = ClientId<'_>> {
    let text = |pointer| client.pointer(pointer).and_then(Value::as_str);
    let code = text("/henkilotunnus/value");
    let code = code.map(|code| code.parse().ok().filter(Hetu::is_test).map_or(ClientId::Wrong, ClientId::Code));
    let system = text("/tilapainen_yksilointitunnus/system").unwrap_or_default();
    let system = system.strip_prefix("urn:oid:").unwrap_or(system);
    let temporary = text("/tilapainen_yksilointitunnus/value").map(|value| ClientId::Temporary(system, value));
    code.into_iter().chain(temporary)
}
