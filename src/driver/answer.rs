//! What the driver API answers (`schemas/driver-api.json`).

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::ActionOutcome;
use crate::words::{Said, said};

/// Version of the driver API that this harness speaks.
pub const DRIVER_API: &str = "1";

/// What a system can do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Capabilities {
    /// Version of the driver API.
    pub driver_api: String,
    pub system: SystemName,
    /// Actions that it can do.
    pub actions: Vec<String>,
    /// What it can do beyond the usual form of an action.
    #[serde(default)]
    pub features: Vec<String>,
    /// Actions and features that it lacks, with its reason for each.
    #[serde(default)]
    pub unsupported: Vec<Unsupported>,
}

/// How a system names itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct SystemName {
    pub name: String,
    pub version: String,
    #[serde(default)]
    pub vendor: String,
}

/// An action or a feature that a system lacks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Unsupported {
    /// The action or the feature.
    #[serde(rename = "action", alias = "feature")]
    pub name: String,
    pub reason: String,
}

/// The ends of an action that a driver may tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ToldOutcome {
    Succeeded,
    Refused,
    Failed,
}

impl From<ToldOutcome> for ActionOutcome {
    fn from(told: ToldOutcome) -> Self {
        match told {
            ToldOutcome::Succeeded => Self::Succeeded,
            ToldOutcome::Refused => Self::Refused,
            ToldOutcome::Failed => Self::Failed,
        }
    }
}

/// An error that the system shows its user.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedError {
    /// Kanta's code, where there is one.
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub text: String,
}

/// An action that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionAnswer {
    pub outcome: ActionOutcome,
    /// What a user would see.
    pub message: String,
    /// The action's result, with `errors` put in as a member.
    pub result: Value,
}

impl ActionAnswer {
    /// That it is done, and no more.
    pub fn done() -> Self {
        Self { outcome: ActionOutcome::Succeeded, message: String::new(), result: Value::Null }
    }
}

/// The action resource as it travels.
#[derive(Debug, Deserialize)]
pub(super) struct ActionResource {
    pub id: String,
    pub state: AnswerState,
    pub outcome: Option<ToldOutcome>,
    #[serde(default)]
    pub message: Option<String>,
    #[serde(default)]
    pub errors: Vec<ReportedError>,
    #[serde(default)]
    pub result: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum AnswerState {
    Running,
    Finished,
}

impl ActionResource {
    /// The end of the action; `None` while it runs. A finished action without an outcome is malformed.
    pub fn into_answer(self) -> Result<Option<ActionAnswer>, Said> {
        if self.state == AnswerState::Running {
            return Ok(None);
        }
        let outcome = self.outcome.ok_or_else(said::a_finished_action_needs_an_outcome)?;
        let mut result = match self.result {
            Value::Object(members) => members,
            Value::Null => serde_json::Map::new(),
            _ => return Err(said::result_must_be_an_object()),
        };
        if !self.errors.is_empty() {
            let errors = self.errors.iter().map(|error| serde_json::json!({ "code": error.code, "text": error.text }));
            result.insert("errors".to_owned(), errors.collect());
        }
        Ok(Some(ActionAnswer {
            outcome: outcome.into(),
            message: self.message.unwrap_or_default(),
            result: Value::Object(result),
        }))
    }
}
