//! The use log tells the code of the error for which the log service refused a notice, as it was given.

use serde_json::Value;

use super::Case;
use super::issues_shown::refusal;
use crate::rule::{FindingCode, Findings};
use crate::wire::fhir::read_issues;

/// The log given in a step holds the code of every refusal before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodesLogged {
    /// The step that asks for the log.
    pub step: String,
}

impl CodesLogged {
    /// What it can find.
    pub const CODE: FindingCode = FindingCode::LogCodeMissing;

    /// An entry about a refused request without any of the codes of the refusal is a finding; that there
    /// is no entry at all, or one that tells success, is told by another rule.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let entries = case.action(&self.step).and_then(|action| action.result.get("entries")).and_then(Value::as_array);
        let Some(entries) = entries else { return };
        for read in &case.exchanges {
            let codes: Vec<String> = refusal(read.exchange)
                .map(|answer| read_issues(answer).into_iter().map(|issue| issue.code).collect())
                .unwrap_or_default();
            let Some(request) = read.exchange.message_id.as_deref().filter(|_| !codes.is_empty()) else { continue };
            let of_request =
                |entry: &&Value| entry.pointer("/kanta/requestId").and_then(Value::as_str) == Some(request);
            let of_refusal = |entry: &&Value| entry["outcome"] != "success";
            for entry in entries.iter().filter(of_request).filter(of_refusal) {
                let told = entry.pointer("/kanta/errorCode").and_then(Value::as_str).unwrap_or_default();
                if !codes.iter().any(|code| told.contains(code.as_str())) {
                    out.add_for_step(Self::CODE, &self.step, codes.join(" / "), told);
                }
            }
        }
    }
}
