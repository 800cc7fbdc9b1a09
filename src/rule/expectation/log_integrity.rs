//! The system tells by its own means whether a copy of its log is as it was.

use crate::words::{Said, said};
use serde_json::Value;

use super::Case;
use crate::rule::{FindingCode, Findings};

/// Fewest entries of a copy in which a change can be told: the newest one has nothing after it.
const FEWEST: usize = 3;

/// The system says whether the copy of its log that the step hands to it is intact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogIntegrity {
    /// The step that hands the copy to the system.
    pub step: String,
    /// Whether the copy is as the system gave it.
    pub intact: bool,
}

impl LogIntegrity {
    /// What it can find: tampering that is not noticed, and a right copy that is called wrong.
    pub const CODES: [FindingCode; 2] = [FindingCode::LogTamperingUnnoticed, FindingCode::LogIntactDenied];

    /// Another answer than the true one is a finding. A log too short to be tampered with proves nothing.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(action) = case.action(&self.step).filter(|action| action.outcome == "succeeded") else { return };
        let entries = action.parameters.get("entries").and_then(Value::as_array).map_or(0, Vec::len);
        let told = action.result.get("intact").and_then(Value::as_bool);
        if entries + 1 >= FEWEST && told != Some(self.intact) {
            let code = Self::CODES[usize::from(self.intact)];
            let actual = Said::value_or(told.map(|told| format!("result.intact = {told}")), said::none());
            out.add_for_step(code, &self.step, format!("result.intact = {}", self.intact), actual);
        }
    }
}
