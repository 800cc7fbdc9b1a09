//! The structured form is about the client of the header.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::domain::Hetu;
use crate::rule::Findings;
use crate::rule::archive::document::clients_agree;
use crate::rule::archive::judge::Rule;
use crate::rule::archive::subject::{NOTHING, Subject, test_code};
use crate::wire::json::pointer_to;

pub const JSON_CLIENT: Rule =
    Rule { sentence: "The structured form is about the client of the header.", codes: &["json-client-differs"], judge };

/// Codes that are wrong in themselves, and clients on whom frame and document differ, are not compared:
/// those are other findings.
fn judge(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let (Some(json), Some(document)) = (subject.json(), subject.document) else { return };
    let Some((pointer, clients)) = clients(&json.value) else { return };
    let told: Vec<Option<Hetu>> = clients.iter().filter_map(|client| code(client)).collect();
    let temporary = clients.iter().any(|client| client.get("tilapainen_yksilointitunnus").is_some());
    if temporary || !clients_agree(subject) || told.iter().any(Option::is_none) {
        return;
    }
    let told: BTreeSet<Hetu> = told.into_iter().flatten().collect();
    let own: BTreeSet<Hetu> = document.clients.iter().filter_map(|client| test_code(client.id.as_ref()?)).collect();
    if !own.is_subset(&told) {
        findings.add("json-client-differs", &json.spot(&pointer), listed(&own), listed(&told));
    }
}

fn listed(codes: &BTreeSet<Hetu>) -> String {
    let listed: Vec<String> = codes.iter().map(Hetu::to_string).collect();
    if listed.is_empty() { NOTHING.to_owned() } else { listed.join(", ") }
}

/// The clients under the one root member, and the pointer to them.
fn clients(value: &Value) -> Option<(String, Vec<&Value>)> {
    let (root, content) = value.as_object()?.iter().next()?;
    let clients = content.get("asiakas")?;
    let list = clients.as_array().map_or_else(|| vec![clients], |list| list.iter().collect());
    Some((pointer_to(&pointer_to("", root), "asiakas"), list))
}

/// The client's identity code: `None` where there is none, `Some(None)` where it is no code for tests.
fn code(client: &Value) -> Option<Option<Hetu>> {
    let written = client.get("henkilotunnus")?.get("value")?.as_str()?;
    Some(written.parse().ok().filter(Hetu::is_test))
}
