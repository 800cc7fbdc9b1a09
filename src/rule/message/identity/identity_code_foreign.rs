//! Only identity codes of the 900 series occur, anywhere in the message.

use std::borrow::Cow;
use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use crate::domain::{Hetu, foreign_identity_codes};
use crate::reading::{holds_foreign_code, locate};
use crate::rule::message::judged_message::{JudgedMessage, MessageSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::wire::json::{Located, walk};
use crate::wire::xml::joined_text;
use crate::wire::{Location, Part};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::IdentityCodeForeign;
/// Most codes of one part whose places are sought: as many as are told.
const MOST_LOCATED: usize = 20;

pub(in crate::rule::message) const RULE: Rule<MessageSubject> = Rule {
    id: "identity-code-foreign",
    requirement: "STO-08",
    sentence: "Only identity codes of the 900 series occur, anywhere in the message.",
    codes: &[CODE],
    judge,
};

/// Each code is told once in each part of the message. One that stands in none of the texts, but in an attachment, a PDF
/// file or an encoding within another, is told for the whole message.
fn judge(subject: &JudgedMessage<'_>, findings: &mut Findings<'_>) {
    for (part, text) in subject.reading.texts() {
        let found = match subject.json().filter(|_| part == Part::Json) {
            Some(json) => in_json(json),
            None => in_text(part, text),
        };
        for (code, spot) in found {
            findings.add(CODE, &spot, said::a_code_of_the_900_series(), Said::value(code.masked()));
        }
    }
    if let Some(code) = subject.reading.hidden_code().filter(|_| findings.count(CODE) == 0) {
        let pdf = subject.body().and_then(|body| body.pdf.as_ref()).filter(|pdf| holds_foreign_code(pdf));
        let package = subject.frame_document().and_then(|document| Some(&document.package.as_ref()?.spot));
        let part = if subject.frame.is_some() { Part::Frame } else { Part::Document };
        let whole = Location::path(part, "/");
        let spot = pdf.map(|pdf| &pdf.spot).or(package).unwrap_or(&whole);
        findings.add(CODE, spot, said::a_code_of_the_900_series(), Said::value(code.masked()));
    }
}

/// As it is written, and as it is read: with character references, or joined over a comment.
fn in_text(part: Part, text: &str) -> Vec<(Hetu, Location)> {
    let mut first: BTreeMap<Hetu, usize> = BTreeMap::new();
    for (offset, code) in foreign_identity_codes(text).chain(as_read(text)) {
        if first.len() < MOST_LOCATED {
            first.entry(code).or_insert(offset);
        }
    }
    if first.is_empty() {
        return Vec::new();
    }
    let spots = locate(part, text, first.values().copied());
    first.into_keys().zip(spots).collect()
}

/// Codes in the values of attributes and the texts of elements, with where these begin.
fn as_read(text: &str) -> Vec<(usize, Hetu)> {
    let Ok(tree) = Document::parse(text) else { return Vec::new() };
    let mut found = Vec::new();
    for node in tree.descendants().filter(Node::is_element) {
        let attributes = node.attributes().map(|one| (one.range_value().start, Cow::Borrowed(one.value())));
        for (offset, value) in attributes.chain([(node.range().start, joined_text(node))]) {
            found.extend(foreign_identity_codes(&value).map(|(_, code)| (offset, code)));
        }
    }
    found
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
