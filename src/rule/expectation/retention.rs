//! The log is kept as long as it must be.

use crate::words::{Said, said};
use serde_json::Value;

use super::Case;
use crate::rule::{FindingCode, Findings};

/// The system keeps its log so many years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retention {
    /// The step that asks how long.
    pub step: String,
    /// Years at least.
    pub years: u64,
}

impl Retention {
    /// What it can find.
    pub const CODE: FindingCode = FindingCode::LogRetentionShort;

    /// Fewer years, or none told, is a finding.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(action) = case.action(&self.step).filter(|action| action.outcome == "succeeded") else { return };
        let told = action.result.get("years").and_then(Value::as_f64);
        if told.is_none_or(|years| years < self.years as f64) {
            let actual = Said::value_or(action.result.get("years").map(Value::to_string), said::none());
            out.add_for_step(Self::CODE, &self.step, format!("result.years ≥ {}", self.years), actual);
        }
    }
}
