//! Documents that are shown are those that Kanta gave: each once, with its set, version, state and text.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::comparison::{ResultComparison, listed};
use crate::evidence::ArchivedDocument;
use crate::rule::FindingCode;

/// Compares every document that a search or a view shows.
pub(super) fn judge(told: &mut ResultComparison<'_, '_, '_>) {
    let (evidence, step) = (told.evidence, told.step);
    let mut seen = BTreeSet::new();
    for (number, document) in evidence.shown_by(step).into_iter().enumerate() {
        let place =
            if told.action.action == "view-document" { "document".to_owned() } else { format!("documents[{number}]") };
        if !seen.insert(document["id"].to_string()) {
            told.differs(&format!("{place}.id"), "≠", &document["id"]);
        }
        judge_one(&place, document, told);
    }
    if told.action.action == "view-document" {
        judge_viewed(told);
    }
}

fn judge_one(place: &str, document: &Value, told: &mut ResultComparison<'_, '_, '_>) {
    let Some(held) = told.held(&document["id"]) else {
        let versions = told.evidence.snapshot.iter().flat_map(|snapshot| &snapshot.documents);
        let versions = versions.filter(|held| Some(held.set_id.as_str()) == document["set-id"].as_str());
        let ids: Vec<&str> = versions.map(|held| held.id.as_str()).collect();
        // One whose set is not known either is a foreign one, which another rule finds.
        if !ids.is_empty() {
            told.differs(&format!("{place}.id"), &listed(ids), &document["id"]);
        }
        return;
    };
    if document["set-id"] != held.set_id.as_str() {
        told.differs(&format!("{place}.set-id"), &held.set_id, &document["set-id"]);
    }
    if document["version"] != json!(held.version) {
        told.differs(&format!("{place}.version"), &held.version.to_string(), &document["version"]);
    }
    judge_state(place, document, held, told);
    if told.action.action != "search-metadata" {
        judge_text(place, document, held, told);
    }
}

/// A document that is not nullified is not shown as such, and a search tells of each whether it is.
fn judge_state(place: &str, document: &Value, held: &ArchivedDocument, told: &mut ResultComparison<'_, '_, '_>) {
    let versions = told.evidence.snapshot.iter().flat_map(|snapshot| &snapshot.documents);
    let is_nullified = versions.filter(|other| other.set_id == held.set_id).any(|other| other.nullified);
    let is_view = told.action.action == "view-document";
    match &document["nullified"] {
        Value::Bool(true) if !is_nullified => told.differs(&format!("{place}.nullified"), "false", &json!(true)),
        Value::Bool(_) => {}
        Value::Null if is_view => {}
        other => told.differs(&format!("{place}.nullified"), "true / false", other),
    }
}

/// The text holds what is known of the document's text, and no word that the document does not hold.
fn judge_text(place: &str, document: &Value, held: &ArchivedDocument, told: &mut ResultComparison<'_, '_, '_>) {
    let markers = told.evidence.names.values().map(|name| name.marker.as_str());
    let Some(marker) =
        markers.filter(|marker| held.text.contains(*marker)).max_by_key(|marker| held.text.rfind(*marker))
    else {
        return;
    };
    let known = given(marker, held, told).unwrap_or_else(|| phrase(&held.text, marker));
    let text = document["text"].as_str().unwrap_or_default();
    // A line break of a JSON text stands there as two letters, of which one would join the next word.
    let text_of_archive = held.text.replace("\\n", " ");
    let words: BTreeSet<&str> = words(&text_of_archive).collect();
    if !spaced(text).contains(&known) || self::words(text).any(|word| !words.contains(word)) {
        told.differs_as(FindingCode::DocumentTextDiffers, &format!("{place}.text"), &known, &document["text"]);
    }
}

/// The text that the action with this marker gave, where the archive holds it whole.
fn given(marker: &str, held: &ArchivedDocument, told: &ResultComparison<'_, '_, '_>) -> Option<String> {
    let of_marker = |action: &&&crate::evidence::ActionRecord| action.parameters["marker"] == marker;
    let action = told.evidence.actions.iter().find(of_marker)?;
    let text = ["text", "title"].iter().find_map(|name| action.parameters[*name].as_str())?;
    // As a JSON text writes it, without its quotation marks: a document in PDF has its text there alone.
    let escaped = json!(text).to_string();
    let is_held = held.text.contains(escaped.trim_matches('"'));
    Some(spaced(text)).filter(|text| is_held || spaced(&without_markup(&held.text)).contains(text))
}

/// A text with mark-up as it is shown: without tags, predefined entities written out.
fn without_markup(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut is_tag = false;
    for letter in text.chars() {
        match letter {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            _ if !is_tag => shown.push(letter),
            _ => {}
        }
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(shown, |text, (entity, letter)| text.replace(entity, letter))
}

/// The words around `marker` in a text with mark-up, up to the next mark.
fn phrase(text: &str, marker: &str) -> String {
    let is_mark = |letter: char| matches!(letter, '<' | '>' | '"' | '&' | '\n');
    let at = text.find(marker).unwrap_or(0);
    let from = text[..at].rfind(is_mark).map_or(0, |place| place + 1);
    let until = text[at..].find(is_mark).map_or(text.len(), |length| at + length);
    spaced(&text[from..until])
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The document that is viewed is the one that was asked for.
fn judge_viewed(told: &mut ResultComparison<'_, '_, '_>) {
    let Some(asked) = told.held(&told.action.parameters["document"]) else { return };
    let shown = &told.action.result["document"]["set-id"];
    if *shown != asked.set_id.as_str() {
        told.differs("document.set-id", &asked.set_id, shown);
    }
}
