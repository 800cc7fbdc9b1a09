//! How a business action of the vendor's system ended.

use serde::{Deserialize, Serialize};

/// How an action ended, as the evidence holds it. A driver gives one of the first three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionOutcome {
    /// Done.
    Succeeded,
    /// Kanta, or the system's own check, said no.
    Refused,
    /// It could not be done.
    Failed,
    /// The driver gave no end.
    Unanswered,
    /// It was not asked for: an earlier step had ended the scenario.
    Skipped,
}

impl ActionOutcome {
    /// What a driver may answer.
    pub const ANSWERS: [Self; 3] = [Self::Succeeded, Self::Refused, Self::Failed];

    /// Its name in the driver API, in scenarios and in the evidence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Succeeded => "succeeded",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unanswered => "unanswered",
            Self::Skipped => "skipped",
        }
    }
}
