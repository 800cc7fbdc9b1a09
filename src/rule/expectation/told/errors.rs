//! Errors are told where there are some, and with no code that nobody gave.

use serde_json::Value;

use super::comparison::ResultComparison;
use crate::evidence::Exchange;

/// What stands in an answer of Kanta that names errors.
const NAMES_ERRORS: [&[u8]; 2] = [b"acknowledgementDetail", b"OperationOutcome"];

/// Compares the errors of an action with its outcome, and with what Kanta answered in the step.
pub(super) fn judge(told: &mut ResultComparison<'_, '_, '_>) {
    let errors = told.list("errors");
    if told.action.has_succeeded() {
        // The state of a document that was refused comes with the errors that it was refused for.
        if let Some(first) = errors.first().filter(|_| told.action.action != "document-status") {
            told.differs("errors", "[]", first);
        }
        return;
    }
    let answers: Vec<&[u8]> = told.exchanges().filter_map(answer).collect();
    if !answers.iter().any(|answer| NAMES_ERRORS.iter().any(|name| holds(answer, name))) {
        // Kanta named none: what is shown is the system's own.
        return;
    }
    for (number, error) in errors.iter().enumerate() {
        let code = error["code"].as_str().unwrap_or_default();
        if !code.is_empty() && !answers.iter().any(|answer| holds(answer, format!("\"{code}\"").as_bytes())) {
            told.differs(&format!("errors[{number}].code"), "≠", &Value::from(code));
        }
    }
}

fn answer(exchange: &Exchange) -> Option<&[u8]> {
    exchange.answer.as_ref().filter(|_| !exchange.accepted).map(|answer| answer.body.bytes())
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    memchr::memmem::find(bytes, text).is_some()
}
