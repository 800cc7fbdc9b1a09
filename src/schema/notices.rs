//! The schemas of what a transaction of disclosure notices holds: base FHIR R4, cut to its profiles.

use std::sync::LazyLock;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Registry, RegistryBuilder, ValidationError, Validator};
use serde_json::Value;

use super::pointer::below;
use super::violation_message::message;
use super::{SchemaOutcome, Violation, primitives};
use crate::words::{Said, said};

macro_rules! schema {
    ($name:literal) => {
        ($name, include_str!(concat!("../../schemas/fhir/", $name)))
    };
}

/// What the other schemas refer to.
const DATA_TYPES: (&str, &str) = schema!("datatypes.json");
const BUNDLE: (&str, &str) = schema!("transaction-bundle.json");
const AUDIT_EVENT: (&str, &str) = schema!("SocialWelfareAuditEvent.json");
const PROVENANCE: (&str, &str) = schema!("SocialWelfareAuditEventProvenance.json");
const ADDRESS: &str = "https://kantakoe.invalid/schemas/fhir/";

static SCHEMAS: LazyLock<[Validator; 3]> = LazyLock::new(|| [BUNDLE, AUDIT_EVENT, PROVENANCE].map(compile));

/// A part of a request with notices that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticePart {
    /// The Bundle without the resources of its entries.
    Bundle,
    /// An AuditEvent.
    AuditEvent,
    /// A Provenance.
    Provenance,
}

impl NoticePart {
    /// What breaks the schema of this part in `value`, in the order of the schema, at most
    /// [`SchemaOutcome::MOST`]. An element that is missing or unknown is told by its own pointer.
    pub fn violations(self, value: &Value) -> Vec<Violation> {
        let validator = &SCHEMAS[self as usize];
        let mut found = Vec::new();
        if !validator.is_valid(value) {
            found.extend(validator.iter_errors(value).take(SchemaOutcome::MOST).flat_map(|error| violations(&error)));
        }
        found.extend(primitives::violations(value, SchemaOutcome::MOST));
        found.truncate(SchemaOutcome::MOST);
        found
    }

    /// Name of the schema's file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Bundle => BUNDLE.0,
            Self::AuditEvent => AUDIT_EVENT.0,
            Self::Provenance => PROVENANCE.0,
        }
    }
}

fn compile((_, text): (&str, &str)) -> Validator {
    let parsed = |text| serde_json::from_str::<Value>(text).expect("a schema of the tree is JSON");
    let data_types = format!("{ADDRESS}{}", DATA_TYPES.0);
    let registry = Registry::new().add(data_types, parsed(DATA_TYPES.1)).and_then(RegistryBuilder::prepare);
    let registry = registry.expect("a schema of the tree has an address");
    let options = jsonschema::options().with_draft(Draft::Draft7).with_registry(&registry);
    options.build(&parsed(text)).expect("a schema of the tree compiles")
}

fn violations(error: &ValidationError<'_>) -> Vec<Violation> {
    let place = error.instance_path().to_string();
    let violation =
        |pointer: String, message: Said| Violation { pointer, schema_path: error.schema_path().to_string(), message };
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            unexpected.iter().map(|name| violation(below(&place, name), said::no_such_element())).collect()
        }
        ValidationErrorKind::Required { property } => {
            vec![violation(below(&place, property.as_str().unwrap_or_default()), said::none())]
        }
        _ => vec![violation(place, message(error))],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::NoticePart;

    fn told(part: NoticePart, value: &Value) -> Vec<(String, String)> {
        part.violations(value).into_iter().map(|one| (one.pointer, one.message.to_string())).collect()
    }

    #[test]
    fn unknown_missing_and_mistyped_elements_are_told_where_they_are() {
        let event = json!({
            "resourceType": "AuditEvent",
            "recorded": 5,
            "agents": [],
            "contained": [{"resourceType": "Organization", "name": ["x"]}, {"resourceType": "Group", "quantity": 1}],
            "extension": [{"valueString": "x"}],
        });
        let expected = [
            ("/contained/0/name", "value is not of type \"string\""),
            ("/extension/0/url", "none"),
            ("/recorded", "value is not of type \"string\""),
            ("/agents", "no such element"),
        ];
        let mut found = told(NoticePart::AuditEvent, &event);
        let mut expected = expected.map(|(pointer, text)| (pointer.to_owned(), text.to_owned())).to_vec();
        found.sort();
        expected.sort();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_bundle_is_looked_at_without_its_resources() {
        let entry = json!({"fullUrl": "urn:oid:1.2", "resource": {"resourceType": "AuditEvent", "agents": 1}});
        let bundle = json!({"resourceType": "Bundle", "type": "transaction", "entry": [entry]});
        assert_eq!(told(NoticePart::Bundle, &bundle), []);
        let other = json!({"resourceType": "Bundle", "total": 1, "entry": {}});
        assert_eq!(told(NoticePart::Bundle, &other).len(), 2);
    }

    #[test]
    fn what_is_told_is_bounded() {
        let wrong: Vec<Value> = (0..100).map(|_| json!({"who": 1})).collect();
        assert_eq!(NoticePart::Provenance.violations(&json!({"agent": wrong})).len(), 20);
    }
}
