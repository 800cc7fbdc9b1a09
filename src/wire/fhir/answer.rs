//! Writes what the FHIR root answers: the transaction's response, an OperationOutcome, and the
//! CapabilityStatement.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::wire::Location;

/// Start of the URLs of the standard's own extensions.
const EXTENSIONS: &str = "http://hl7.org/fhir/StructureDefinition/";

/// How bad an issue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueSeverity {
    /// The request was refused for it.
    Error,
    /// The request was accepted all the same.
    Warning,
}

/// One issue of an OperationOutcome. Kanta tells the code of the process error in `details.coding` and
/// the closer description in `diagnostics`, never in `details.text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeIssue {
    /// How bad it is.
    pub severity: IssueSeverity,
    /// Code system, a URI.
    pub system: String,
    pub code: String,
    pub display: String,
    pub diagnostics: String,
    /// Where in the Bundle.
    pub spot: Option<Location>,
    /// Where a validator saw it: line and column, both from 1.
    pub position: Option<(u32, u32)>,
}

/// An OperationOutcome with these issues.
pub fn operation_outcome(issues: &[OutcomeIssue]) -> Value {
    let issues: Vec<Value> = issues.iter().map(issue).collect();
    json!({"resourceType": "OperationOutcome", "issue": issues})
}

fn issue(issue: &OutcomeIssue) -> Value {
    let severity = match issue.severity {
        IssueSeverity::Error => "error",
        IssueSeverity::Warning => "warning",
    };
    let mut written = json!({
        "severity": severity,
        "code": "processing",
        "details": {"coding": [{"system": issue.system, "code": issue.code}]},
        "diagnostics": issue.diagnostics,
    });
    if !issue.display.is_empty() {
        written["details"]["coding"][0]["display"] = json!(issue.display);
    }
    if let Some((line, column)) = issue.position {
        let extension = |name: &str, value: u32| json!({"url": format!("{EXTENSIONS}{name}"), "valueInteger": value});
        written["extension"] =
            json!([extension("operationoutcome-issue-line", line), extension("operationoutcome-issue-col", column)]);
    }
    if let Some(spot) = &issue.spot {
        written["expression"] = json!([expression(&spot.path)]);
    }
    written
}

/// The FHIRPath of a JSON pointer into the Bundle: `/entry/0/fullUrl` is `Bundle.entry[0].fullUrl`.
/// A place outside the Bundle, such as a header's name, stays as it is.
fn expression(pointer: &str) -> String {
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return pointer.to_owned();
    }
    pointer.split('/').skip(1).fold("Bundle".to_owned(), |path, step| {
        if step.bytes().all(|byte| byte.is_ascii_digit()) {
            format!("{path}[{step}]")
        } else {
            format!("{path}.{step}")
        }
    })
}

/// The answer to a Bundle that was stored: one entry for each of its entries, with the place that Kanta
/// gave the resource, such as `AuditEvent/1.2.246…`.
pub fn transaction_response(locations: &[String], stored: Timestamp) -> Value {
    let moment = stored.to_string();
    let entries: Vec<Value> = locations
        .iter()
        .map(|location| json!({"response": {"status": "201 Created", "location": location, "lastModified": moment}}))
        .collect();
    json!({"resourceType": "Bundle", "type": "transaction-response", "entry": entries})
}

/// What the FHIR root can do: a transaction that creates notices or declarations, and nothing else.
pub fn capability_statement(software_version: &str, date: Timestamp) -> Value {
    let create_only = |kind: &str| json!({"type": kind, "interaction": [{"code": "create"}]});
    json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": date.to_string(),
        "kind": "instance",
        "software": {"name": "kantakoe", "version": software_version},
        "implementation": {"description": "Simulated log-register service of the Kanta services, for tests only"},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [{
            "mode": "server",
            "resource": [create_only("AuditEvent"), create_only("Consent"), create_only("Provenance")],
            "interaction": [{"code": "transaction"}],
        }],
    })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::json;

    use super::{IssueSeverity, OutcomeIssue, operation_outcome, transaction_response};
    use crate::wire::{Location, Part};

    #[test]
    fn an_issue_has_the_shape_that_kanta_gives_it() {
        let issue = OutcomeIssue {
            severity: IssueSeverity::Error,
            system: "urn:oid:1.2.246.537.5.40112.2006".to_owned(),
            code: "4Y00007".to_owned(),
            display: "Virhe sanoman eheydessä.".to_owned(),
            diagnostics: "[notice-recipient-missing] no recipient".to_owned(),
            spot: Some(Location::path(Part::Bundle, "/entry/0/resource/agent")),
            position: None,
        };
        let header = OutcomeIssue { spot: Some(Location::path(Part::Http, "Content-Type")), ..issue.clone() };
        let outcome = operation_outcome(&[issue, header]);
        assert_eq!(
            outcome["issue"][0],
            json!({
                "severity": "error",
                "code": "processing",
                "details": {"coding": [{
                    "system": "urn:oid:1.2.246.537.5.40112.2006",
                    "code": "4Y00007",
                    "display": "Virhe sanoman eheydessä.",
                }]},
                "diagnostics": "[notice-recipient-missing] no recipient",
                "expression": ["Bundle.entry[0].resource.agent"],
            })
        );
        assert_eq!(outcome["issue"][1]["expression"][0], "Content-Type");
    }

    #[test]
    fn what_a_validator_said_has_line_and_column() {
        let text = String::new;
        let issue = OutcomeIssue {
            severity: IssueSeverity::Error,
            system: "http://hl7.org/fhir/java-core-messageId".to_owned(),
            code: "Validation_VAL_Profile_Minimum".to_owned(),
            display: text(),
            diagnostics: "minimum required = 1, but only found 0".to_owned(),
            spot: None,
            position: Some((341, 57)),
        };
        let written = &operation_outcome(&[issue])["issue"][0];
        assert_eq!(
            written["details"],
            json!({"coding": [{
                "system": "http://hl7.org/fhir/java-core-messageId",
                "code": "Validation_VAL_Profile_Minimum",
            }]})
        );
        assert_eq!(
            written["extension"],
            json!([
                {"url": "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-line", "valueInteger": 341},
                {"url": "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-col", "valueInteger": 57},
            ])
        );
    }

    #[test]
    fn the_response_answers_each_entry() {
        let places = ["AuditEvent/1.2.3".to_owned(), "Provenance/1.2.4".to_owned()];
        let response = transaction_response(&places, Timestamp::UNIX_EPOCH);
        assert_eq!(response["type"], "transaction-response");
        assert_eq!(response["entry"][1]["response"]["location"], "Provenance/1.2.4");
        assert_eq!(response["entry"][1]["response"]["status"], "201 Created");
    }
}
