//! The issues that an answer of the FHIR root tells.

use serde_json::Value;

use super::ending::ShownError;

/// What stands before the place of an issue.
pub const PLACE: &str = " (line ";

/// Where a validator saw the issue, for those who have to mend it.
fn place(issue: &Value) -> String {
    let number = |name: &str| {
        let extension = |one: &&Value| one["url"].as_str().is_some_and(|url| url.ends_with(name));
        issue["extension"].as_array()?.iter().find(extension)?["valueInteger"].as_u64()
    };
    match (number("-issue-line"), number("-issue-col")) {
        (Some(line), Some(column)) => format!("{PLACE}{line}, column {column})"),
        _ => String::new(),
    }
}

/// Issues of an OperationOutcome; where there is none, the status itself.
pub fn issues(status: u16, body: &str) -> Vec<ShownError> {
    let outcome: Value = serde_json::from_str(body).unwrap_or_default();
    let shown = |issue: &Value| {
        let coding = &issue["details"]["coding"][0];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let words = [text(&coding["display"]), text(&issue["diagnostics"])].join(" ");
        ShownError { code: text(&coding["code"]), text: words.trim().to_owned() + &place(issue) }
    };
    let issues: Vec<ShownError> = outcome["issue"].as_array().into_iter().flatten().map(shown).collect();
    if issues.is_empty() {
        return vec![ShownError { code: status.to_string(), text: format!("HTTP status {status}") }];
    }
    issues
}
