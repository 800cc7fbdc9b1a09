//! The page and the schema of scenarios say what the code reads. `UPDATE_DOCS=1 cargo test scenario_docs` writes them.

use std::path::{Path, PathBuf};

use kantakoe::domain::{Area, Controller, Operation, PermitKind};
use kantakoe::rule::expectation::{EXPECTATION_KINDS, ExpectationKind, MemberDescription, MemberKind};
use kantakoe::scenario::{Action, DocumentKind};
use serde_json::{Map, Value, json};

/// What stands before and after the tables of expectations in the page.
const MARKS: [&str; 2] = ["<!-- expectations: made from the code -->\n", "<!-- end of expectations -->\n"];

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Holds that the file is `wanted`, or makes it so where the documents are to be updated.
fn hold(name: &str, wanted: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path(name), wanted).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    assert!(read(name) == wanted, "{name} is not what the code says; run with UPDATE_DOCS=1");
}

#[test]
fn the_tables_of_expectations_are_true() {
    let page = read("docs/scenarios.md");
    let (before, rest) = page.split_once(MARKS[0]).expect("the mark before the tables");
    let (_, after) = rest.split_once(MARKS[1]).expect("the mark after the tables");
    hold("docs/scenarios.md", &format!("{before}{}{}{}{after}", MARKS[0], tables(), MARKS[1]));
}

fn tables() -> String {
    let mut text = String::from("\n| `see` | it holds when | members | findings |\n|---|---|---|---|\n");
    for kind in EXPECTATION_KINDS {
        let members = kind.members.iter().map(|member| format!("`{}`", member.name));
        let named = kind.members.iter().filter(|member| member.name == "finding").map(|_| "the `finding`".to_owned());
        let codes = named.chain(kind.codes.iter().map(|code| format!("`{code}`")));
        let (members, codes) = (listed(members), listed(codes));
        text.push_str(&format!("| `{}` | {} | {members} | {codes} |\n", kind.name, kind.sentence));
    }
    text.push_str("\n| `see` | member | is | says |\n|---|---|---|---|\n");
    for kind in EXPECTATION_KINDS {
        for member in kind.members {
            let need = if member.is_needed { "" } else { ", optional" };
            let (name, is) = (member.name, spelt(member.kind));
            text.push_str(&format!("| `{}` | `{name}` | {is}{need} | {} |\n", kind.name, member.sentence));
        }
    }
    text.push('\n');
    text
}

fn listed(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

/// What a value of this kind is, in words.
fn spelt(kind: MemberKind) -> String {
    match kind {
        MemberKind::Flag => "true or false".to_owned(),
        MemberKind::Number(least) => format!("a number from {least}"),
        MemberKind::Numbers => "a list of numbers from 1".to_owned(),
        MemberKind::Text => "a text".to_owned(),
        MemberKind::OneOf(words) => format!("one of {}", words.join(", ")),
        MemberKind::SeveralOf(words) => format!("a list of {}", words.join(", ")),
        MemberKind::Finding => "the code of a finding".to_owned(),
        MemberKind::DocumentType => "a specific document type".to_owned(),
        MemberKind::Step => "the name of a step".to_owned(),
        MemberKind::Document => "the name of a document".to_owned(),
        MemberKind::Documents => "a list of names of documents".to_owned(),
        MemberKind::WaitingForm => "the name of a `[[waiting-form]]`".to_owned(),
        MemberKind::Prohibited => "one of `{ document = … }`, `{ service-task = … }`, `{ controller = … }`".to_owned(),
    }
}

#[test]
fn the_schema_of_scenarios_is_true() {
    let mut schema: Value = serde_json::from_str(&read("schemas/scenario.schema.json")).expect("the schema is JSON");
    let actions: Vec<&str> = Action::ALL.into_iter().map(Action::name).collect();
    let parts = [
        ("/definitions/operation/enum", json!(Operation::NAMES)),
        ("/definitions/controller/enum", json!(Controller::NAMES)),
        ("/definitions/permit/enum", json!(PermitKind::NAMES)),
        ("/properties/area/enum", json!(Area::OF_SCENARIOS.map(Area::name))),
        ("/properties/given/items/properties/kind/enum", json!(DocumentKind::ALL.map(DocumentKind::name))),
        ("/properties/step/items/properties/action/enum", json!(actions)),
        (
            "/properties/expect/items",
            json!({ "oneOf": EXPECTATION_KINDS.iter().map(|kind| expectation(kind)).collect::<Vec<_>>() }),
        ),
    ];
    for (place, made) in parts {
        *schema.pointer_mut(place).unwrap_or_else(|| panic!("the schema has no {place}")) = made;
    }
    let text = serde_json::to_string_pretty(&schema).expect("JSON");
    hold("schemas/scenario.schema.json", &format!("{text}\n"));
}

/// The schema of an `[[expect]]` of this kind.
fn expectation(kind: &ExpectationKind) -> Value {
    let mut properties = Map::new();
    properties.insert("step".to_owned(), json!({ "$ref": "#/definitions/name" }));
    properties.insert("see".to_owned(), json!({ "const": kind.name, "description": kind.sentence }));
    for member in kind.members {
        properties.insert(member.name.to_owned(), with_description(member));
    }
    let needed = kind.members.iter().filter(|member| member.is_needed).map(|member| member.name);
    let required: Vec<&str> = ["step", "see"].into_iter().chain(needed).collect();
    json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
}

/// The schema of a member. Beside `$ref` a description counts for editors alone.
fn with_description(member: &MemberDescription) -> Value {
    let mut schema = value(member.kind);
    schema["description"] = json!(member.sentence);
    schema
}

fn value(kind: MemberKind) -> Value {
    let name = json!({ "$ref": "#/definitions/name" });
    match kind {
        MemberKind::Flag => json!({ "type": "boolean" }),
        MemberKind::Number(least) => json!({ "type": "integer", "minimum": least }),
        MemberKind::Numbers => json!({ "type": "array", "items": { "type": "integer", "minimum": 1 } }),
        MemberKind::Text => json!({ "type": "string", "minLength": 1 }),
        MemberKind::OneOf(words) => json!({ "enum": words }),
        MemberKind::SeveralOf(words) => json!({ "type": "array", "minItems": 1, "items": { "enum": words } }),
        MemberKind::Finding => json!({ "type": "string" }),
        MemberKind::DocumentType => json!({ "$ref": "#/definitions/document-type" }),
        MemberKind::Step | MemberKind::Document | MemberKind::WaitingForm => name,
        MemberKind::Documents => json!({ "type": "array", "items": name }),
        MemberKind::Prohibited => json!({ "$ref": "#/definitions/prohibits" }),
    }
}

#[test]
fn each_expectation_stands_in_the_file_of_its_name() {
    for kind in EXPECTATION_KINDS {
        let file = format!("src/rule/expectation/{}.rs", kind.name.replace('-', "_"));
        let text = read(&file);
        assert!(text.contains(&format!("name: \"{}\"", kind.name)), "{file} is not about {}", kind.name);
        assert!(!kind.sentence.is_empty() && !kind.sentence.ends_with('.'), "the sentence of {}", kind.name);
        let gives = !kind.codes.is_empty() || kind.members.iter().any(|member| member.name == "finding");
        assert!(gives, "{} can give no finding", kind.name);
    }
}
