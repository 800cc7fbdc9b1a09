//! Reads an OperationOutcome: what an answer said, for those who ask whether it was understood.

use serde_json::Value;

/// An issue as an answer told it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToldIssue {
    /// `details.coding.code`, the first.
    pub code: String,
    /// `details.coding.display`, or empty.
    pub display: String,
    /// `diagnostics`, or empty.
    pub diagnostics: String,
    /// Line and column of the extensions of the standard.
    pub position: Option<(u64, u64)>,
}

/// The issues of the OperationOutcome in `bytes` that are errors; none where there is no such resource.
pub fn read_issues(bytes: &[u8]) -> Vec<ToldIssue> {
    let outcome: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let issues = outcome["issue"].as_array().filter(|_| outcome["resourceType"] == "OperationOutcome");
    let is_error = |issue: &&Value| matches!(issue["severity"].as_str(), Some("error" | "fatal"));
    issues.into_iter().flatten().filter(is_error).map(told).collect()
}

fn told(issue: &Value) -> ToldIssue {
    let text = |pointer: &str| issue.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let extension = |name: &str| {
        let extensions = issue["extension"].as_array()?;
        extensions.iter().find(|one| one["url"].as_str().is_some_and(|url| url.ends_with(name)))?["valueInteger"]
            .as_u64()
    };
    ToldIssue {
        code: text("/details/coding/0/code"),
        display: text("/details/coding/0/display"),
        diagnostics: text("/diagnostics"),
        position: extension("-issue-line").zip(extension("-issue-col")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ToldIssue, read_issues};

    #[test]
    fn errors_are_read_and_warnings_are_not() {
        let line =
            json!({"url": "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-line", "valueInteger": 3});
        let column =
            json!({"url": "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-col", "valueInteger": 7});
        let outcome = json!({"resourceType": "OperationOutcome", "issue": [
            {"severity": "error", "details": {"coding": [{"code": "4Y00007", "display": "Virhe."}]}, "diagnostics": "x"},
            {"severity": "warning", "diagnostics": "y"},
            {"severity": "fatal", "extension": [line, column]},
        ]});
        let [first, last] = &read_issues(outcome.to_string().as_bytes())[..] else { panic!() };
        assert_eq!(
            (first.code.as_str(), first.display.as_str(), first.diagnostics.as_str()),
            ("4Y00007", "Virhe.", "x")
        );
        assert_eq!(*last, ToldIssue { position: Some((3, 7)), ..ToldIssue::default() });
        assert_eq!(read_issues(b"{}"), []);
        assert_eq!(read_issues(b""), []);
    }
}
