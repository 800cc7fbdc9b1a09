//! The schemas of document types, by content specification identifier.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use jsonschema::{Draft, ValidationError, Validator};
use serde_json::Value;

use super::conditions::{FormNode, SchemaConditions};
use super::error::SchemaError;
use super::sample::{SampleError, SamplePersons, complete, sample};
use super::violation_message::message;
use super::{SchemaOutcome, Violation};
use crate::domain::Oid;

/// Schemas of our own writing, each a subset of the official one: identifier and text. The form of the information
/// document is not known: its identifier and its schema are the harness's own.
const BUILT_IN: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/document_schemas.rs"));

/// The schemas that a run judges structured forms with. Cheap to clone: clones share what is compiled.
#[derive(Debug, Clone)]
pub struct DocumentSchemas {
    schemas: Arc<BTreeMap<String, Schema>>,
}

/// A schema as text, compiled when it is first asked: an official set has hundreds, a run uses a few.
#[derive(Debug)]
struct Schema {
    text: String,
    compiled: OnceLock<Result<Validator, SchemaError>>,
    /// What its annotations ask, read when first asked.
    conditions: OnceLock<FormNode>,
    /// The general document type that it names, read when first asked.
    general_type: OnceLock<Option<String>>,
}

impl Schema {
    fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            compiled: OnceLock::new(),
            conditions: OnceLock::new(),
            general_type: OnceLock::new(),
        }
    }

    /// A text that is no JSON asks nothing; [`Schema::compiled`] says what is wrong with it.
    fn conditions(&self) -> &FormNode {
        self.conditions.get_or_init(|| FormNode::of(&serde_json::from_str(&self.text).unwrap_or_default()))
    }

    fn general_type(&self) -> Option<&str> {
        let read = || {
            let schema: Value = serde_json::from_str(&self.text).unwrap_or_default();
            schema.pointer("/sosmeta/documentType").and_then(Value::as_str).map(str::to_owned)
        };
        self.general_type.get_or_init(read).as_deref()
    }

    fn compiled(&self, name: &str) -> Result<&Validator, &SchemaError> {
        self.compiled.get_or_init(|| compile(name, &self.text)).as_ref()
    }
}

fn built_in() -> BTreeMap<String, Schema> {
    BUILT_IN.iter().map(|(id, text)| ((*id).to_owned(), Schema::new(*text))).collect()
}

impl DocumentSchemas {
    /// The schemas that ship with the harness. They ask less than the official ones: nothing that is
    /// valid there is invalid here.
    pub fn built_in() -> Self {
        Self { schemas: Arc::new(built_in()) }
    }

    /// The built-in schemas and those of `files` (file name and text), which go before built-in ones
    /// of the same identifier. Texts are compiled when first used; [`DocumentSchemas::check`] compiles
    /// them all.
    ///
    /// # Errors
    /// `Name` for the first file that is not called `<OID>.json`.
    pub fn load(files: impl IntoIterator<Item = (String, String)>) -> Result<Self, SchemaError> {
        let mut schemas = built_in();
        for (name, text) in files {
            match name.strip_suffix(".json").filter(|id| Oid::check(id).is_ok()) {
                Some(id) => schemas.insert(id.to_owned(), Schema::new(text)),
                None => return Err(SchemaError::Name { name }),
            };
        }
        Ok(Self { schemas: Arc::new(schemas) })
    }

    /// Compiles every schema.
    ///
    /// # Errors
    /// `NotJson` or `NotSchema` for the first one that cannot be used.
    pub fn check(&self) -> Result<(), SchemaError> {
        for (id, schema) in &*self.schemas {
            schema.compiled(id).map_err(SchemaError::clone)?;
        }
        Ok(())
    }

    /// Identifiers of the content specifications whose schemas are here.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.schemas.keys().map(String::as_str)
    }

    /// The smallest structured form that the schema of `content_specification` accepts, about `persons`.
    ///
    /// # Errors
    /// `NotLoaded` or `Schema` when there is no usable schema, `Refused` when it asks for something that
    /// no sample is known for.
    pub fn sample(&self, content_specification: &str, persons: &SamplePersons) -> Result<Value, SampleError> {
        let not_loaded = || SampleError::NotLoaded { id: content_specification.to_owned() };
        let schema = self.schemas.get(content_specification).ok_or_else(not_loaded)?;
        let validator = schema.compiled(content_specification).map_err(SchemaError::clone)?;
        let root = parsed(content_specification, &schema.text)?;
        let value = complete(&root, persons, schema.conditions(), sample(&root, persons));
        match judge(validator, &value) {
            SchemaOutcome::Invalid(mut violations) => Err(SampleError::Refused(violations.swap_remove(0))),
            _ => Ok(value),
        }
    }

    /// The general document type that the schema of `content_specification` names, where it is loaded and does.
    pub fn general_type(&self, content_specification: &str) -> Option<&str> {
        self.schemas.get(content_specification)?.general_type()
    }

    /// What the annotations of the schema of `content_specification` ask of the structured form `value`
    /// beyond the schema: nothing where it is not loaded.
    pub fn conditions(&self, content_specification: &str, value: &Value) -> SchemaConditions {
        let schema = self.schemas.get(content_specification);
        schema.map(|schema| schema.conditions().judge(value)).unwrap_or_default()
    }

    /// What the schema of `content_specification` says about the structured form `value`. A schema that
    /// cannot be compiled counts as not loaded.
    pub fn judge(&self, content_specification: &str, value: &Value) -> SchemaOutcome {
        let schema = self.schemas.get(content_specification);
        match schema.map(|schema| schema.compiled(content_specification)) {
            Some(Ok(validator)) => judge(validator, value),
            Some(Err(_)) | None => SchemaOutcome::NotLoaded,
        }
    }
}

fn parsed(name: &str, text: &str) -> Result<Value, SchemaError> {
    let not_json = |error: serde_json::Error| SchemaError::NotJson { name: name.to_owned(), cause: error.to_string() };
    serde_json::from_str(text).map_err(not_json)
}

fn compile(name: &str, text: &str) -> Result<Validator, SchemaError> {
    let value = parsed(name, text)?;
    let options = jsonschema::options().with_draft(Draft::Draft7).should_validate_formats(true);
    let not_schema =
        |error: ValidationError<'_>| SchemaError::NotSchema { name: name.to_owned(), cause: error.to_string() };
    options.build(&value).map_err(not_schema)
}

fn judge(validator: &Validator, value: &Value) -> SchemaOutcome {
    let violations: Vec<Violation> =
        validator.iter_errors(value).take(SchemaOutcome::MOST).map(|error| violation(&error)).collect();
    if violations.is_empty() { SchemaOutcome::Valid } else { SchemaOutcome::Invalid(violations) }
}

fn violation(error: &ValidationError<'_>) -> Violation {
    Violation {
        pointer: error.instance_path().to_string(),
        schema_path: error.schema_path().to_string(),
        message: message(error),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{DocumentSchemas, SchemaError, SchemaOutcome};

    const RELATIONSHIP: &str = "1.2.246.537.6.1505.1.2023.6.1";

    fn violations(value: &Value) -> Vec<(String, String)> {
        match DocumentSchemas::built_in().judge(RELATIONSHIP, value) {
            SchemaOutcome::Invalid(list) => {
                list.into_iter().map(|one| (one.pointer, one.message.to_string())).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn built_in_schemas_compile() {
        DocumentSchemas::built_in().check().expect("built in");
    }

    #[test]
    fn a_violation_has_its_place_and_no_value() {
        let client = json!({"sukunimi": "Salainen", "etunimet": 7, "turvakielto": true});
        let found = violations(&json!({"asiakkuusasiakirja": {"asiakas": client}}));
        assert_eq!(
            found,
            [("/asiakkuusasiakirja/asiakas/etunimet".to_owned(), r#"value is not of type "string""#.to_owned())]
        );
        let missing = violations(&json!({"asiakkuusasiakirja": {}}));
        assert_eq!(missing[0].0, "/asiakkuusasiakirja");
        assert_eq!(violations(&json!({"other": {}})).len(), 2, "a foreign root and the missing own one");
    }

    #[test]
    fn what_is_not_known_is_told_apart() {
        assert_eq!(DocumentSchemas::built_in().judge("1.2.3", &json!({})), SchemaOutcome::NotLoaded);
    }

    #[test]
    fn a_loaded_file_goes_before_the_built_in_one() {
        let strict = (format!("{RELATIONSHIP}.json"), r#"{"type":"array"}"#.to_owned());
        let schemas = DocumentSchemas::load([strict]).expect("load");
        assert!(matches!(schemas.judge(RELATIONSHIP, &json!({})), SchemaOutcome::Invalid(_)));
    }

    #[test]
    fn bad_files_are_named() {
        let named = DocumentSchemas::load([("readme.json".to_owned(), "{}".to_owned())]);
        assert!(matches!(named, Err(SchemaError::Name { name }) if name == "readme.json"));
        let broken =
            |text: &str| DocumentSchemas::load([("1.2.3.json".to_owned(), text.to_owned())]).expect("name").check();
        assert!(matches!(broken("{"), Err(SchemaError::NotJson { .. })));
        assert!(matches!(broken(r#"{"type":"nothing"}"#), Err(SchemaError::NotSchema { .. })));
        let elsewhere = r#"{"$ref":"https://example.invalid/other.json"}"#;
        assert!(matches!(broken(elsewhere), Err(SchemaError::NotSchema { .. })), "a schema is never fetched");
    }
}
