//! The system shows its user every error that the log service gave of a notice, with its code and its words.

use serde_json::Value;

use super::refusal::refusal;
use super::{ExpectationKind, Expected, MemberReader, ScenarioEvidence};
use crate::evidence::ActionRecord;
use crate::rule::{FindingCode, Findings};
use crate::wire::fhir::{ToldIssue, read_issues};
use crate::words::{Said, said};

/// What `see = "issues"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "issues",
    sentence: "every error that the log service gave of a notice is shown with its code, words and place",
    members: &[],
    codes: &[
        FindingCode::ErrorNotShown,
        FindingCode::IssueLost,
        FindingCode::IssueWordsLost,
        FindingCode::IssuePlaceLost,
    ],
    read: read_members,
};

/// Every issue of an answer that refused a notice is among the errors of the action.
#[derive(Debug)]
struct IssuesShown;

fn read_members(_: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(IssuesShown))
}

impl Expected for IssuesShown {
    fn codes(&self) -> Vec<FindingCode> {
        KIND.codes.to_vec()
    }

    /// An issue that is not shown, or not as it was given, is a finding.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let Some(action) = evidence.action(step).filter(|action| !action.has_succeeded()) else { return };
        let shown = shown(action);
        let told = evidence.of_step(step).filter_map(|read| refusal(read.exchange)).last();
        let told = told.map(read_issues).unwrap_or_default();
        if shown.is_empty() && !told.is_empty() {
            return out.add_for_step(
                FindingCode::ErrorNotShown,
                step,
                Said::value("errors[].code, errors[].text"),
                Said::value(&*action.message),
            );
        }
        for issue in told {
            judge_one(&issue, &shown, step, out);
        }
    }
}

/// Gives what an issue lacks: no error of its code, its words, its line and column.
fn judge_one(issue: &ToldIssue, shown: &[(String, String)], step: &str, out: &mut Findings<'_>) {
    let codes = || shown.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>().join(", ");
    let same: Vec<&str> = shown.iter().filter(|(code, _)| *code == issue.code).map(|(_, text)| text.as_str()).collect();
    let has = |words: &str| same.iter().any(|text| text.contains(words));
    if same.is_empty() {
        out.add_for_step(FindingCode::IssueLost, step, Said::value(issue.code.as_str()), Said::value(codes()));
    } else if !has(&issue.display) || !has(&issue.diagnostics) {
        let expected = said::display_and_diagnostics_of(&issue.code);
        out.add_for_step(FindingCode::IssueWordsLost, step, expected, Said::value(same.join(", ")));
    } else if let Some((line, column)) = issue.position
        && !(has(&line.to_string()) && has(&column.to_string()))
    {
        out.add_for_step(
            FindingCode::IssuePlaceLost,
            step,
            Said::value(format!("{line}:{column}")),
            Said::value(same.join(", ")),
        );
    }
}

/// Code and text of each error that the action shows.
fn shown(action: &ActionRecord) -> Vec<(String, String)> {
    let text = |error: &Value, name: &str| error[name].as_str().unwrap_or_default().to_owned();
    let errors = action.result.get("errors").and_then(Value::as_array);
    errors.into_iter().flatten().map(|error| (text(error, "code"), text(error, "text"))).collect()
}
