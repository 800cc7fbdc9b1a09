//! A document names its client as the system was told of the person.

use serde_json::Value;

use super::asked::{ActionSubject, Asked};
use super::texts::{single_spaced, structured_texts};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::Part;
use crate::wire::xml::OutlineNode;
use crate::words::Said;

pub(super) const RULE: Rule<ActionSubject> = Rule {
    id: "asked-client-not-sent",
    requirement: "STO-52",
    sentence: "A document names its client as the system was told of the person.",
    codes: &[CODE],
    judge,
};

const CODE: FindingCode = FindingCode::AskedClientNotSent;
const PATIENT: &str = "recordTarget/patientRole/patient";

/// Family name and given names in the header; the family name in the structured form. Another rule holds birth date and
/// gender against the identity code. That both name the
/// right identity code is what joins them to the person.
fn judge(asked: &Asked<'_>, findings: &mut Findings<'_>) {
    let Some(person) = asked.text("client").and_then(|client| asked.persons.get(client)) else { return };
    let Some(document) = asked.stored().map(|stored| stored.document) else { return };
    let Some(patient) = document.outline.root(&document.text).and_then(|root| root.find(PATIENT)) else { return };
    let name = patient.child("name");
    judge_name(name.and_then(|name| name.child("family")), text(person, "family-name"), findings);
    let given: Vec<&str> = person["given-names"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    judge_given(name, &given, findings);
    let json = document.body.as_ref().and_then(|body| body.json.as_ref());
    if let Some((json, texts)) =
        json.and_then(|json| Some((json, structured_texts(json.value.as_ref().ok()?, asked.profile)?)))
        && !texts.iter().any(|own| own.contains(text(person, "family-name")))
    {
        findings.add(CODE, &json.spot, Said::value(text(person, "family-name")), Said::value("—"));
    }
}

fn text<'v>(person: &'v Value, member: &str) -> &'v str {
    person.get(member).and_then(Value::as_str).unwrap_or_default()
}

fn judge_name(own: Option<OutlineNode<'_>>, wanted: &str, findings: &mut Findings<'_>) {
    let Some(own) = own else { return };
    let written = single_spaced(own.text().unwrap_or_default());
    if written != wanted {
        findings.add(CODE, &own.spot(Part::Document), Said::value(wanted), Said::value(written));
    }
}

/// Each given name stands in some `given`, whether they stand together or apart.
fn judge_given(name: Option<OutlineNode<'_>>, wanted: &[&str], findings: &mut Findings<'_>) {
    let Some(name) = name else { return };
    let own: Vec<String> = name
        .children()
        .filter(|child| child.name() == "given")
        .filter_map(|child| child.text().map(single_spaced))
        .collect();
    let all = own.join(" ");
    if !own.is_empty() && !wanted.iter().all(|given| all.split(' ').any(|one| one == *given)) {
        findings.add(CODE, &name.spot(Part::Document).child("given"), Said::value(wanted.join(" ")), Said::value(all));
    }
}
