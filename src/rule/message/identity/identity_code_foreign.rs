//! Only identity codes of the 900 series occur, anywhere in the message.

use std::collections::BTreeMap;

use crate::domain::{Hetu, foreign_identity_codes};
use crate::reading::locate;
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::json::{Located, walk};
use crate::wire::{Location, Part};
use crate::words::{Said, said};

/// Most codes of one part whose places are sought: as many as are told.
const MOST_LOCATED: usize = 20;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "identity-code-foreign",
    requirement: "STO-08",
    sentence: "Only identity codes of the 900 series occur, anywhere in the message.",
    codes: &[FindingCode::IdentityCodeForeign],
    judge,
};

/// Each code is told once in each part of the message.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for (part, text) in subject.reading.texts() {
        let found = match subject.json().filter(|_| part == Part::Json) {
            Some(json) => in_json(json),
            None => in_text(part, text),
        };
        for (code, spot) in found {
            findings.add(
                FindingCode::IdentityCodeForeign,
                &spot,
                said::a_code_of_the_900_series(),
                Said::value(code.masked()),
            );
        }
    }
}

fn in_text(part: Part, text: &str) -> Vec<(Hetu, Location)> {
    let mut first: BTreeMap<Hetu, usize> = BTreeMap::new();
    for (offset, code) in foreign_identity_codes(text) {
        first.entry(code).or_insert(offset);
        if first.len() == MOST_LOCATED {
            break;
        }
    }
    if first.is_empty() {
        return Vec::new();
    }
    let spots = locate(part, text, first.values().copied());
    first.into_keys().zip(spots).collect()
}

/// In the names and values of the structured form, however they are escaped in its text.
fn in_json(json: &Located) -> Vec<(Hetu, Location)> {
    let mut first: BTreeMap<Hetu, String> = BTreeMap::new();
    walk(&json.value, &mut |pointer, value| {
        let names = value.as_object().into_iter().flat_map(serde_json::Map::keys).map(String::as_str);
        for (_, code) in names.chain(value.as_str()).flat_map(foreign_identity_codes) {
            if first.len() < MOST_LOCATED {
                first.entry(code).or_insert_with(|| pointer.to_owned());
            }
        }
    });
    first.into_iter().map(|(code, pointer)| (code, json.spot(&pointer))).collect()
}
