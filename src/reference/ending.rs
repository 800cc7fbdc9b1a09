//! How an action of the system ended.

use serde_json::{Value, json};

/// Code of what the system's own checks have against an action.
const OWN_CHECK: &str = "own-check";

/// An error as the user sees it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ShownError {
    pub code: String,
    pub text: String,
}

/// How an action ended.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Ending {
    pub outcome: ActionOutcome,
    /// What a user would see.
    pub message: String,
    pub errors: Vec<ShownError>,
    pub result: Value,
    /// Whether the system's own checks said no, before anything went out.
    #[serde(skip)]
    pub objected: bool,
}

/// An ending that stops an action before its work.
pub type Stop = Box<Ending>;

/// Outcome of an action. The greatest one is the outcome of several parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionOutcome {
    /// Done.
    Succeeded,
    /// Kanta or the system's own checks said no.
    Refused,
    /// Could not be done.
    Failed,
}

impl Ending {
    /// Done, with this result.
    pub fn succeeded(message: impl Into<String>, result: Value) -> Self {
        let message = message.into();
        Self { outcome: ActionOutcome::Succeeded, message, errors: vec![], result, objected: false }
    }

    /// Refused, with what was said.
    pub fn refused(message: impl Into<String>, errors: Vec<ShownError>, result: Value) -> Self {
        Self { outcome: ActionOutcome::Refused, errors, ..Self::succeeded(message, result) }
    }

    /// Failed, with the reason.
    pub fn failed(message: impl Into<String>, result: Value) -> Self {
        Self { outcome: ActionOutcome::Failed, ..Self::succeeded(message, result) }
    }

    /// Refused by the system's own checks, before anything went out.
    pub fn objected(message: impl Into<String>) -> Self {
        let text = message.into();
        let error = ShownError { code: OWN_CHECK.to_owned(), text: text.clone() };
        Self { objected: true, ..Self::refused(text, vec![error], json!({})) }
    }
}
