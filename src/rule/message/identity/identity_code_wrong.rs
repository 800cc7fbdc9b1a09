//! Every identity code is well formed: calendar date, century sign, control character.

use serde_json::Value;

use crate::domain::{HETU_ROOT, Hetu, HetuError};
use crate::reading::locate;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::hl7::InstanceId;
use crate::wire::json::{pointer_to, walk};
use crate::wire::{LocatedValue, Location, Part};
use crate::words::{Said, said};

/// Most codes of one part whose places are sought: as many as are told.
const MOST_LOCATED: usize = 20;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "identity-code-wrong",
    requirement: "STO-09",
    sentence: "Every identity code is well formed: calendar date, century sign, control character.",
    codes: &[FindingCode::IdentityCodeWrong],
    judge,
};

const LENGTH: usize = 11;

fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for (code, spot) in in_identifiers(subject).into_iter().chain(in_structured_form(subject)) {
        if let Err(error) = code.parse::<Hetu>() {
            findings.add(
                FindingCode::IdentityCodeWrong,
                &spot,
                said::a_well_formed_identity_code(),
                shown(&code, error),
            );
        }
    }
    for (code, spot) in in_display_form(subject) {
        findings.add(
            FindingCode::IdentityCodeWrong,
            &spot,
            said::a_well_formed_identity_code(),
            shown(code, HetuError::Control),
        );
    }
}

fn in_identifiers(subject: &JudgedMessage<'_>) -> Vec<(String, Location)> {
    let frame_clients = subject.frame_document().into_iter().flat_map(|frame| &frame.clients);
    let clients = subject.document.into_iter().flat_map(|document| &document.clients);
    let ids = frame_clients.filter_map(|client| client.id.as_ref());
    let ids = ids.chain(subject.frame.and_then(|frame| frame.professional.as_ref()?.id.as_ref()));
    let ids = ids.chain(clients.filter_map(|client| client.id.as_ref()));
    let ids = ids.chain(subject.document.and_then(|document| document.author.as_ref()));
    let parameters = subject.reading.query().into_iter().flat_map(|query| &query.parameters);
    let asked = parameters.filter(|parameter| parameter.main == HETU_ROOT && !parameter.detail.is_empty());
    ids.filter_map(identity_code).chain(asked.map(|asked| (asked.detail.clone(), asked.spot.clone()))).collect()
}

fn identity_code(id: &LocatedValue<InstanceId>) -> Option<(String, Location)> {
    (id.root == HETU_ROOT).then(|| (id.extension.clone(), id.spot.clone()))
}

/// Wrong identifiers under the name henkilotunnus, or of the system of identity codes.
fn in_structured_form(subject: &JudgedMessage<'_>) -> Vec<(String, Location)> {
    let Some(json) = subject.json() else { return Vec::new() };
    let mut wrong = Vec::new();
    walk(&json.value, &mut |pointer, value| {
        let Some(code) = value.get("value").and_then(Value::as_str) else { return };
        let system = value.get("system").and_then(Value::as_str).unwrap_or_default();
        let is_code =
            pointer.ends_with("/henkilotunnus") || system.strip_prefix("urn:oid:").unwrap_or(system) == HETU_ROOT;
        if is_code && wrong.len() < MOST_LOCATED && code.parse::<Hetu>().is_err() {
            wrong.push((code.to_owned(), json.spot(&pointer_to(pointer, "value"))));
        }
    });
    wrong
}

/// In running text only what is an identity code but for its control character: anything else of that
/// form may be a number of another kind.
fn in_display_form<'a>(subject: &JudgedMessage<'a>) -> Vec<(&'a str, Location)> {
    let texts = subject.reading.texts();
    let Some(text) = texts.get(&Part::DisplayForm).copied() else { return Vec::new() };
    let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-' || letter == '+'));
    let wrong = words.filter(|word| word.len() == LENGTH && word.parse::<Hetu>() == Err(HetuError::Control));
    let wrong: Vec<&str> = wrong.take(MOST_LOCATED).collect();
    if wrong.is_empty() {
        return Vec::new();
    }
    let spots = locate(Part::DisplayForm, text, wrong.iter().map(|word| offset_in(text, word)));
    wrong.into_iter().zip(spots).collect()
}

fn offset_in(text: &str, word: &str) -> usize {
    word.as_ptr().addr() - text.as_ptr().addr()
}

/// A mistyped code may still tell of a person, so it is shown whole only where it is of the 900 series.
fn shown(code: &str, error: HetuError) -> Said {
    let is_test = code.len() == LENGTH && code.as_bytes()[7] == b'9';
    let shown: String = if is_test { code.to_owned() } else { code.chars().take(6).chain("*****".chars()).collect() };
    said::value_why(shown, error.said())
}
