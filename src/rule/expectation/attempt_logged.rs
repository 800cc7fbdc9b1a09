//! What the system refused to let a user do stands in its log.

use crate::words::said;
use serde_json::Value;

use super::Case;
use crate::rule::use_log::{LogEntry, LogOutcome, read};
use crate::rule::{FindingCode, Findings};

/// The log given in a step has an entry of the attempt that another step made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptLogged {
    /// The step that asks for the log.
    pub step: String,
    /// The step that made the attempt, which the system refused.
    pub attempt: String,
    /// The finding when no entry tells it.
    pub finding: FindingCode,
}

impl AttemptLogged {
    /// A refused attempt without its entry is a finding. One that was not refused is for others to tell.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let log = case.action(&self.step).filter(|action| action.outcome == "succeeded");
        let attempt = case.action(&self.attempt).filter(|action| action.outcome == "refused");
        let (Some(log), Some(attempt)) = (log, attempt) else { return };
        let client = attempt.parameters.get("client").and_then(Value::as_str);
        let log = read(log.result.get("entries").unwrap_or(&Value::Null));
        if !log.entries.iter().any(|entry| tells(entry, client)) {
            let expected = said::an_entry_of_the_refused(&attempt.action);
            out.add_for_step(self.finding, &self.step, expected, said::none());
        }
    }
}

/// An attempt about a client's data names the client; another one is a matter of administration.
fn tells(entry: &LogEntry<'_>, client: Option<&str>) -> bool {
    let is_about = match client {
        Some(client) => entry.client.as_deref() == Some(client),
        None => entry.kind.as_deref() == Some("administration"),
    };
    is_about && entry.outcome == Some(LogOutcome::Refused) && entry.call().is_none()
}
