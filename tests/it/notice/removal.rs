//! Whatever is taken away from a Bundle, falsified in it or changed after signing is seen, where it is.
//!
//! Every field of the fixture has its turn. What is free, and why, stands in the tables; a test holds that
//! nothing stands there that is seen after all.

use kantakoe::wire::json::walk;
use serde_json::{Value, json};

use super::bench::{Bench, fixture, pairs, with, without};

/// Why fields of a right Bundle may be left out, and which: the end of the pointer says it.
const MAY_LACK: [(&str, &[&str]); 5] = [
    (
        "a text for people, beside a code or an identifier",
        &[
            "valueCoding/display",
            "role/0/coding/0/display",
            "who/display",
            "entity/1/type/display",
            "signature/type/0/display",
            "contained/0/name",
            "contained/3/name",
            "contained/4/name",
            "entity/0/name",
        ],
    ),
    (
        "no source says that it must be there; FHIR does not ask for it",
        &[
            "contained/0/meta",
            "contained/1/meta",
            "contained/2/meta",
            "contained/2/extension",
            "contained/2/extension/0/valueString",
            "contained/2/identifier",
            "contained/2/identifier/0/system",
            "contained/2/identifier/0/value",
            "contained/2/name",
            "contained/2/name/0/family",
            "contained/2/name/0/given",
            "contained/3/identifier",
            "contained/3/identifier/0/system",
            "contained/3/identifier/0/value",
            "contained/5/identifier/0/use",
            "0/resource/extension/0/valueCoding/system",
            "entity/1/what/identifier/system",
            "entity/1/type/system",
            "agent/0/who/identifier/system",
            "signature/type/0/system",
            "signature/who/identifier/system",
            "signature/targetFormat",
            "signature/sigFormat",
        ],
    ),
    (
        "a recipient needs an identifier or a name, and has both",
        &["contained/4/identifier", "contained/4/identifier/0/system", "contained/4/identifier/0/value"],
    ),
    (
        "the rest is a whole notice: a smaller number of items, or one description of an item fewer",
        &[
            "entity/1",
            "entity/2",
            "entity/1/what",
            "entity/1/what/identifier/value",
            "entity/1/type",
            "entity/1/type/code",
            "entity/1/description",
        ],
    ),
    (
        "the national codes of the roles are not known: register type and requestor tell the parties too",
        &[
            "0/resource/agent/0/role",
            "0/resource/agent/1/role",
            "0/resource/agent/2/role",
            "0/resource/agent/0/role/0/coding/0/system",
            "0/resource/agent/1/role/0/coding/0/system",
            "0/resource/agent/2/role/0/coding/0/system",
            "0/resource/agent/0/role/0/coding/0/code",
            "0/resource/agent/1/role/0/coding/0/code",
        ],
    ),
];

/// Why another text, or another truth, may stand in a field, and in which.
const MAY_DIFFER: [(&str, &[&str]); 4] = [
    (
        "a text for people or the name of somebody",
        &[
            "valueCoding/display",
            "0/resource/type/display",
            "purposeOfEvent/0/coding/0/display",
            "role/0/coding/0/display",
            "who/display",
            "entity/1/type/display",
            "signature/type/0/display",
            "contained/0/name",
            "contained/2/extension/0/valueString",
            "contained/2/name/0/family",
            "contained/2/name/0/given/0",
            "contained/3/name",
            "contained/4/name",
            "entity/0/name",
            "entity/1/description",
            "entity/2/description",
        ],
    ),
    (
        "a code or its system of which no source tells the list",
        &[
            "contained/0/extension/0/valueCoding/code",
            "contained/2/extension/0/url",
            "0/resource/extension/0/url",
            "0/resource/extension/0/valueCoding/system",
            "0/resource/extension/0/valueCoding/code",
            "0/resource/type/system",
            "0/resource/type/code",
            "purposeOfEvent/0/coding/0/system",
            "purposeOfEvent/0/coding/0/code",
            "0/resource/agent/0/role/0/coding/0/system",
            "0/resource/agent/1/role/0/coding/0/system",
            "0/resource/agent/2/role/0/coding/0/system",
            "0/resource/agent/0/role/0/coding/0/code",
            "0/resource/agent/1/role/0/coding/0/code",
            "entity/1/type/system",
            "entity/1/type/code",
            "signature/type/0/system",
            "signature/type/0/code",
            "signature/targetFormat",
            "signature/sigFormat",
        ],
    ),
    (
        "an identifier, or its system, that nothing in the Bundle says again",
        &[
            "contained/2/identifier/0/system",
            "contained/2/identifier/0/value",
            "contained/3/identifier/0/system",
            "contained/3/identifier/0/value",
            "contained/4/identifier/0/system",
            "contained/4/identifier/0/value",
            "entity/1/what/identifier/system",
            "entity/1/what/identifier/value",
            "agent/0/who/identifier/system",
            "signature/who/identifier/system",
        ],
    ),
    ("there may be no requestor", &["0/resource/agent/1/requestor"]),
];

/// A finding about one end of a reference may stand at the other one.
const OTHER_ENDS: [(&str, &[&str]); 10] = [
    ("/entry/0/resource/contained", &["agent", "source/observer", "entity"]),
    ("/entry/0/resource/contained/1/practitioner", &["contained/2"]),
    ("/entry/0/resource/contained/1/organization", &["contained/3"]),
    ("/entry/0/resource/contained/2", &["contained/1/practitioner"]),
    ("/entry/0/resource/contained/3", &["contained/1/organization"]),
    ("/entry/0/resource/agent", &["contained"]),
    // Of two requestors it is the second that is one too many.
    ("/entry/0/resource/agent/0/requestor", &["agent/1/requestor"]),
    ("/entry/0/resource/entity/0", &["contained/5"]),
    // Without the AuditEvent its Provenance moves up, and has no target.
    ("/entry/0", &["target/0/reference"]),
    ("/entry/1", &["/entry/0"]),
];

fn pointers(value: &Value) -> Vec<String> {
    let mut all = Vec::new();
    walk(value, &mut |pointer, _| all.push(pointer.to_owned()));
    all.retain(|pointer| !pointer.is_empty() && pointer != "/signature/data");
    all
}

fn is_free(pointer: &str, table: &[(&str, &[&str])]) -> bool {
    table.iter().flat_map(|(_, ends)| *ends).any(|end| pointer.ends_with(end))
}

/// Whether `found` is where `changed` is: there, in it, or what holds it.
fn is_there(found: &str, changed: &str) -> bool {
    let within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    // Of a whole entry or signature it is not enough to say that it is wrong somewhere.
    let is_precise = found.split('/').count() > 4 || changed.split('/').count() <= 4;
    let other_end = |(one, others): &(&str, &[&str])| {
        within(changed, one)
            && others.iter().any(|other| found.contains(&format!("/{}", other.trim_start_matches('/'))))
    };
    within(found, changed) || (within(changed, found) && is_precise) || OTHER_ENDS.iter().any(other_end)
}

/// Fails unless each of the changes is told, and told where it is, or is free and not told.
fn assert_seen(bench: &Bench, changes: Vec<(String, Value)>, free: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (pointer, changed) in changes {
        let told = bench.told(changed);
        let is_right = match is_free(&pointer, free) {
            true => told.is_empty(),
            false => told.iter().any(|(_, found)| is_there(found, &pointer)),
        };
        if !is_right {
            wrong.push(format!("{pointer}: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_element_that_is_removed_is_missed() {
    let removed = |pointer: String| (pointer.clone(), without(fixture(), &pointer));
    let changes = pointers(&fixture()).into_iter().map(removed).collect();
    assert_seen(&Bench::new(), changes, &MAY_LACK);
}

#[test]
fn every_value_of_a_wrong_type_is_seen() {
    let bench = Bench::new();
    for wrong in [json!(5), json!({"unheard-of": 1})] {
        let changed = |pointer: String| (pointer.clone(), with(fixture(), &pointer, wrong.clone()));
        let changes = pointers(&fixture()).into_iter().map(changed).collect();
        assert_seen(&bench, changes, &[]);
    }
}

#[test]
fn every_falsified_value_is_seen() {
    let mut changes = Vec::new();
    for pointer in pointers(&fixture()) {
        let falsified = match fixture().pointer(&pointer).expect("pointer") {
            Value::String(_) => json!("999"),
            Value::Bool(truth) => json!(!truth),
            _ => continue,
        };
        changes.push((pointer.clone(), with(fixture(), &pointer, falsified)));
    }
    assert_seen(&Bench::new(), changes, &MAY_DIFFER);
}

#[test]
fn every_change_after_signing_is_seen() {
    let bench = Bench::new();
    let signed = bench.bundle();
    for pointer in pointers(&signed).iter().filter(|pointer| !pointer.starts_with("/signature")) {
        let changed = with(signed.clone(), pointer, json!("changed"));
        let told = pairs(&bench.judge(bench.request(&changed)));
        let unreadable = told.iter().any(|(code, _)| code == "notice-unreadable");
        let seen = told.contains(&("notice-signature-wrong".to_owned(), "/signature/data".to_owned()));
        assert!(seen || unreadable, "{pointer}: {told:?}");
    }
}
