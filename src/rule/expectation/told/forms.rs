//! Forms are shown as they were fetched, each once.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::form_calls::form_calls;
use super::comparison::{ResultComparison, listed};

/// Compares the forms of the result with the contents that were fetched.
pub(super) fn judge(told: &mut ResultComparison<'_, '_, '_>) {
    let fetched: Vec<String> = form_calls(told.evidence)
        .filter(|exchange| exchange.request.start.target().ends_with("/content"))
        .filter_map(|exchange| exchange.answer.as_ref())
        .map(|answer| text(answer.body.bytes()))
        .collect();
    let mut seen = BTreeSet::new();
    for (number, form) in told.list("forms").iter().enumerate() {
        let shown = form["text"].as_str().unwrap_or_default();
        if !fetched.iter().any(|text| text == shown) || !seen.insert(shown) {
            let expected = listed(fetched.iter().map(String::as_str));
            told.differs(&format!("forms[{number}].text"), &expected, &form["text"]);
        }
    }
}

/// The text of a form's content.
fn text(content: &[u8]) -> String {
    let answer: Value = serde_json::from_slice(content).unwrap_or_default();
    let text = answer.pointer("/content/text").or_else(|| answer.get("content")).and_then(Value::as_str);
    text.unwrap_or_default().to_owned()
}
