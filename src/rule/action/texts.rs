//! The texts that a document holds, as a reader of it gets them.

use serde_json::Value;

use crate::profile::Profile;
use crate::wire::Part;
use crate::wire::json::{JsonLimits, parse as parse_json};
use crate::wire::xml::{ReadLimits, parse};

/// Elements behind which a new line begins in what is shown.
const LINES: [&str; 10] = ["br", "p", "div", "li", "h1", "h2", "h3", "h4", "tr", "td"];

/// The text of a display form with single spaces; `None` where it cannot be read.
pub(super) fn shown_text(display_form: &str, profile: &Profile) -> Option<String> {
    let limits = ReadLimits { bytes: profile.limits.body_bytes, depth: profile.limits.depth };
    let tree = parse(display_form, Part::DisplayForm, &limits).ok()?;
    let mut text = String::new();
    for node in tree.root_element().descendants() {
        if LINES.contains(&node.tag_name().name()) {
            text.push(' ');
        }
        text.push_str(node.text().filter(|_| node.is_text()).unwrap_or_default());
    }
    Some(single_spaced(&text))
}

/// Every text of a structured form; `None` where it cannot be read.
pub(super) fn structured_texts(json: &str, profile: &Profile) -> Option<Vec<String>> {
    let limits = JsonLimits { bytes: profile.limits.body_bytes, depth: profile.limits.depth };
    let value = parse_json(json.as_bytes(), Part::Json, limits).ok()?.value;
    Some(texts_of(&value))
}

/// Every text in a value, its members' names left out.
pub(super) fn texts_of(value: &Value) -> Vec<String> {
    let (mut texts, mut open) = (Vec::new(), vec![value]);
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => texts.push(text.clone()),
            Value::Array(items) => open.extend(items),
            Value::Object(members) => open.extend(members.values()),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    texts
}

/// White space as a browser shows it: single spaces.
pub(super) fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
