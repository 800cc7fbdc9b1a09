//! Where a legal representative declares, the document names the person in a role that may.

use serde_json::{Map, Value};

use crate::profile::RepresentativeRules;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::json::{pointer_to, walk};
use crate::words::{Said, said};

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "declaration-representative-wrong",
    requirement: "DEC-14",
    sentence: "Where a legal representative declares, the document names the person in a role that may.",
    codes: &[FindingCode::DeclarationRepresentativeWrong],
    judge,
};

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    let (Some(json), Some(_)) = (subject.json(), subject.declaration_row()) else { return };
    let rules = &subject.context.profile.declaration_representative;
    let mut wrong = Vec::new();
    walk(&json.value, &mut |pointer, value| {
        let found = value.as_object().and_then(|object| contradiction(object, rules));
        wrong.extend(found.map(|(member, actual)| (pointer_to(pointer, member), actual)));
    });
    for (pointer, actual) in wrong {
        let expected = said::a_person_in_one_of_the_roles(rules.roles.join(" / "));
        findings.add(FindingCode::DeclarationRepresentativeWrong, &json.spot(&pointer), expected, actual);
    }
}

/// The list that lacks a person or has one in another role, and what stands there.
fn contradiction<'r>(object: &Map<String, Value>, rules: &'r RepresentativeRules) -> Option<(&'r str, Said)> {
    let code = |person: &Value| person.get(&rules.role).and_then(|role| role.get("code")?.as_str()).map(str::to_owned);
    rules.members.iter().find_map(|members| {
        let persons = object.get(&members.persons).and_then(Value::as_array);
        let mut roles = persons.into_iter().flatten().map(|person| code(person).unwrap_or_default());
        let other = roles.find(|role| !rules.roles.contains(role));
        let declares = object.get(&members.flag).and_then(Value::as_bool) == Some(true);
        let lacks = declares && persons.is_none_or(Vec::is_empty);
        let actual = other.map(Said::value).or_else(|| lacks.then(said::nothing))?;
        Some((members.persons.as_str(), actual))
    })
}
