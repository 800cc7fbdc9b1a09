//! The schemas of the structured form, beside THL's own.

use std::collections::BTreeSet;
use std::fs;

use kantakoe::domain::Person;
use kantakoe::schema::{DocumentSchemas, SamplePersons, SchemaOutcome};
use serde_json::Value;

use crate::support::shared;

/// Name and text of every official schema.
pub fn official() -> Option<Vec<(String, String)>> {
    let folder = fs::read_dir(shared()?.join("sosmeta")).expect("folder");
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.expect("entry");
        (entry.file_name().into_string().expect("name"), fs::read_to_string(entry.path()).expect("text"))
    };
    Some(folder.map(read).collect())
}

fn fixture(name: &str) -> Value {
    let path = format!("{}/tests/fixtures/archive/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&fs::read_to_string(path).expect(name)).expect(name)
}

#[test]
fn all_official_schemas_load_and_the_fixtures_are_valid_by_them() {
    let Some(files) = official() else { return };
    assert_eq!(files.len(), 202);
    let schemas = DocumentSchemas::load(files).expect("names");
    schemas.check().expect("every schema compiles");
    for (name, id) in [
        ("client-relationship", "1.2.246.537.6.1505.1.2023.6.1"),
        ("matter", "1.2.246.537.6.1505.2.2022.6.28"),
        ("client-document", "1.2.246.537.6.1506.19005.2022.1.10"),
    ] {
        assert_eq!(schemas.judge(id, &fixture(name)), SchemaOutcome::Valid, "{name} by the official schema");
        let built_in = DocumentSchemas::built_in();
        assert_eq!(built_in.judge(id, &fixture(name)), SchemaOutcome::Valid, "{name} by the built-in schema");
    }
}

/// What is valid by THL's schema must never be invalid by ours, or a vendor would mend what is right.
#[test]
fn the_built_in_schemas_ask_nothing_that_the_official_ones_do_not() {
    let Some(files) = official() else { return };
    // What has an identifier of the harness's own has no official twin.
    for id in DocumentSchemas::built_in().ids().filter(|id| !id.starts_with("2.25.")) {
        let name = format!("{id}.json");
        let path = format!("{}/schemas/documents/{name}", env!("CARGO_MANIFEST_DIR"));
        let own: Value = serde_json::from_str(&fs::read_to_string(path).expect("own")).expect("JSON");
        let (_, theirs) = files.iter().find(|(file, _)| *file == name).expect("an official one of the same name");
        compare(&own, &own, &serde_json::from_str(theirs).expect("JSON"), id);
    }
}

fn compare(root: &Value, own: &Value, theirs: &Value, path: &str) {
    let own = own["$ref"].as_str().map_or(own, |reference| root.pointer(&reference[1..]).expect("definition"));
    for keyword in ["type", "pattern", "minLength", "minItems"] {
        assert!(own[keyword].is_null() || own[keyword] == theirs[keyword], "{path}: {keyword}");
    }
    let (required, theirs_required) = (names(&own["required"]), names(&theirs["required"]));
    assert!(required.is_subset(&theirs_required), "{path}: asks {required:?}");
    let members = |schema: &Value| schema["properties"].as_object().cloned().unwrap_or_default();
    if own["additionalProperties"] == false {
        assert!(members(theirs).keys().all(|name| members(own).contains_key(name)), "{path}: shuts members out");
    }
    for (name, member) in members(own) {
        compare(root, &member, &theirs["properties"][&name], &format!("{path}/{name}"));
    }
    if !own["items"].is_null() {
        compare(root, &own["items"], &theirs["items"], &format!("{path}/[]"));
    }
}

/// Every note of a field that others make mandatory, with the field's place in its schema.
fn notes(schema: &Value, path: &str, found: &mut Vec<String>) {
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}/{name}");
        let places = [&member["sosmeta"], &member["items"]["sosmeta"]];
        if places.iter().any(|place| place["conditionalRequired"] == true) {
            found.push(path.clone());
        }
        notes(member, &path, found);
    }
    if schema["items"].is_object() {
        notes(&schema["items"], path, found);
    }
}

#[test]
fn most_conditions_of_the_official_schemas_are_read_and_every_sample_keeps_them() {
    let Some(files) = official() else { return };
    let schemas = DocumentSchemas::load(files.clone()).expect("names");
    let client = Person::synthetic(7, |_| true);
    let other = Person::synthetic(11, |hetu| hetu.as_str() != client.identity_code);
    let persons = SamplePersons { client, other };
    let (mut annotated, mut unread) = (0, BTreeSet::new());
    for (name, text) in &files {
        let id = name.trim_end_matches(".json");
        let schema: Value = serde_json::from_str(text).expect("JSON");
        let mut fields = Vec::new();
        notes(&schema, id, &mut fields);
        annotated += fields.len();
        let sample = schemas.sample(id, &persons).expect(id);
        assert_eq!(schemas.judge(id, &sample), SchemaOutcome::Valid, "{id}");
        assert_eq!(schemas.conditions(id, &sample).unmet, [], "{id}");
        let whole = everything_once(&schema);
        unread.extend(
            schemas.conditions(id, &whole).unread.into_iter().map(|one| format!("{id}{}: {}", one.pointer, one.member)),
        );
    }
    assert_eq!(annotated, 605);
    assert!(unread.len() * 5 < annotated, "{} of {annotated} are not read: {unread:#?}", unread.len());
}

/// An instance in which every object of the schema stands once, empty but for other objects.
fn everything_once(schema: &Value) -> Value {
    match schema["type"].as_str() {
        Some("object") => {
            let members = schema["properties"].as_object().into_iter().flatten();
            let below = members.map(|(name, member)| (name.clone(), everything_once(member)));
            Value::Object(below.filter(|(_, value)| value.is_object() || value.is_array()).collect())
        }
        Some("array") => match everything_once(&schema["items"]) {
            item @ Value::Object(_) => Value::Array(vec![item]),
            _ => Value::Null,
        },
        _ => Value::Null,
    }
}

#[test]
fn each_condition_that_is_broken_is_told_at_the_member_that_is_missing() {
    let Some(files) = official() else { return };
    let schemas = DocumentSchemas::load(files).expect("names");
    let id = "1.2.246.537.6.1506.19005.2022.1.10";
    let mut form = fixture("client-document");
    let client = &mut form["merkinta_tapaamisesta_tai_yhteydenotosta"]["asiakas"][0];
    client.as_object_mut().expect("client").remove("henkilotunnus");
    let unmet = schemas.conditions(id, &form).unmet;
    let told: Vec<_> = unmet.iter().map(|unmet| (unmet.pointer.as_str(), unmet.member.as_str())).collect();
    assert_eq!(told, [("/merkinta_tapaamisesta_tai_yhteydenotosta/asiakas/0", "henkilotunnus")]);
    assert!(unmet[0].note.contains("pakollinen"), "{}", unmet[0].note);
}

fn names(list: &Value) -> BTreeSet<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}
