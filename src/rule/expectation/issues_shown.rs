//! The system shows its user every error that the log service gave of a notice, with its code and its words.

use serde_json::Value;

use super::Case;
use crate::evidence::{ActionRecord, Exchange, RequestKind};
use crate::rule::Findings;
use crate::wire::fhir::{ToldIssue, read_issues};

/// Every issue of an answer that refused a notice is among the errors of the action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuesShown {
    /// The step.
    pub step: String,
}

impl IssuesShown {
    /// What it can find: no error at all, an issue that is not among them, one without its words, one
    /// whose line and column were not kept.
    pub const CODES: [&'static str; 4] = ["error-not-shown", "issue-lost", "issue-words-lost", "issue-place-lost"];

    /// An issue that is not shown, or not as it was given, is a finding.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let Some(action) = case.action(&self.step).filter(|action| action.outcome != "succeeded") else { return };
        let shown = shown(action);
        let told = case.of_step(&self.step).filter_map(|read| refusal(read.exchange)).last();
        let told = told.map(read_issues).unwrap_or_default();
        if shown.is_empty() && !told.is_empty() {
            return out.add_for_step(Self::CODES[0], &self.step, "errors[].code, errors[].text", &*action.message);
        }
        for issue in told {
            self.judge_one(&issue, &shown, out);
        }
    }

    fn judge_one(&self, issue: &ToldIssue, shown: &[(String, String)], out: &mut Findings<'_>) {
        let codes = || shown.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>().join(", ");
        let same: Vec<&str> =
            shown.iter().filter(|(code, _)| *code == issue.code).map(|(_, text)| text.as_str()).collect();
        let has = |words: &str| same.iter().any(|text| text.contains(words));
        if same.is_empty() {
            out.add_for_step(Self::CODES[1], &self.step, issue.code.as_str(), codes());
        } else if !has(&issue.display) || !has(&issue.diagnostics) {
            let expected = format!("display and diagnostics of {}", issue.code);
            out.add_for_step(Self::CODES[2], &self.step, expected, same.join(", "));
        } else if let Some((line, column)) = issue.position
            && !(has(&line.to_string()) && has(&column.to_string()))
        {
            out.add_for_step(Self::CODES[3], &self.step, format!("{line}:{column}"), same.join(", "));
        }
    }
}

/// Code and text of each error that the action shows.
fn shown(action: &ActionRecord) -> Vec<(String, String)> {
    let text = |error: &Value, name: &str| error[name].as_str().unwrap_or_default().to_owned();
    let errors = action.result.get("errors").and_then(Value::as_array);
    errors.into_iter().flatten().map(|error| (text(error, "code"), text(error, "text"))).collect()
}

/// The answer that refused a notice.
pub(super) fn refusal(exchange: &Exchange) -> Option<&[u8]> {
    let refused = exchange.service.requests() == RequestKind::FhirBundle && !exchange.accepted;
    exchange.answer.as_ref().filter(|_| refused).map(|answer| answer.body.bytes())
}
