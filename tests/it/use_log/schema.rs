//! The schema of an entry asks what the rules ask.

use kantakoe::reading::read_use_log;
use kantakoe::rule::use_log::{UseLogCase, judge};
use kantakoe::rule::{Finding, Strictness};
use serde_json::{Value, json};

use super::rules::{CATALOGUE, log};
use crate::support::PROFILE;

/// The schema of an entry, compiled.
pub fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(include_str!("../../../schemas/use-log.schema.json")).expect("JSON");
    jsonschema::validator_for(&schema).expect("schema")
}

/// What the rules find in the one entry, without traffic.
fn found(entry: &Value) -> Vec<Finding> {
    let told = json!([entry]);
    let log = read_use_log(&told);
    let case = UseLogCase {
        log: &log,
        exchanges: &[],
        actions: &[],
        seen: &seen(entry),
        persons: &[],
        forbidden: &[],
        profile: &PROFILE,
    };
    judge(&case, &CATALOGUE, Strictness::Fail)
}

fn seen(entry: &Value) -> std::collections::BTreeSet<String> {
    let id = |name: &str| entry["kanta"][name].as_str().map(str::to_owned);
    id("messageId").or(id("requestId")).into_iter().collect()
}

/// The entry with `value` at `pointer`, or without what stands there.
fn changed(entry: &Value, pointer: &str, value: Option<Value>) -> Value {
    let mut changed = entry.clone();
    let (parent, name) = pointer.rsplit_once('/').expect("no root");
    match (changed.pointer_mut(parent).expect(pointer), value) {
        (Value::Object(object), None) => drop(object.shift_remove(name).expect(pointer)),
        (parent, value) => parent[name] = value.unwrap_or(Value::Null),
    }
    changed
}

#[test]
fn schema_and_rules_agree_about_right_entries() {
    let schema = validator();
    for entry in log()["entries"].as_array().expect("entries") {
        assert_eq!(schema.iter_errors(entry).map(|error| error.to_string()).collect::<Vec<_>>(), Vec::<String>::new());
        assert_eq!(found(entry), []);
    }
}

#[test]
fn schema_and_rules_agree_about_every_change_of_a_member() {
    let schema = validator();
    let pointers = [
        "/time",
        "/client",
        "/client/value",
        "/action",
        "/user",
        "/user/value",
        "/user/name",
        "/organisation",
        "/organisation/subscriber",
        "/controller",
        "/controller/id",
        "/purpose",
        "/objects",
        "/criteria",
        "/disclosure",
        "/disclosure/recipient",
        "/disclosure/noticeId",
        "/disclosure/channel",
        "/kanta",
        "/outcome",
        "/kind",
        "/sequence",
        "/purpose/code",
        "/kanta/messageId",
        "/kanta/httpStatus",
    ];
    for entry in log()["entries"].as_array().expect("entries") {
        let is_there = |pointer: &&&str| entry.pointer(pointer).is_some_and(|value| !value.is_null());
        for pointer in pointers.iter().filter(is_there) {
            for value in [None, Some(json!([5]))] {
                let entry = changed(entry, pointer, value);
                assert_eq!(schema.is_valid(&entry), found(&entry).is_empty(), "{pointer} of {entry}");
            }
        }
    }
}
