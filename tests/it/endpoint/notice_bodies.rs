//! What is wrong with a Bundle shows in the answer: status, finding and place, and nothing of it is stored.

use serde_json::{Value, json};

use super::notices::{REQUEST, bundle, post, sign, token, token_of};
use super::world::{PERSON, World};

/// What was done to the Bundle of the fixture, and the answer: status, finding, place.
struct Row {
    what: &'static str,
    body: String,
    status: u16,
    told: &'static [(&'static str, &'static str)],
}

fn fixture(world: &World) -> Value {
    let mut bundle: Value = serde_json::from_str(&bundle(world, "", "")).expect("JSON");
    bundle.as_object_mut().expect("object").remove("signature");
    bundle
}

/// The fixture's pair `count` times, with identifiers of their own.
fn many(world: &World, count: usize) -> Value {
    let mut bundle = fixture(world);
    let pair = bundle["entry"].to_string();
    let entries = (0..count).flat_map(|number| {
        let text = pair.replace(".2026.1.", &format!(".2026.1{number}."));
        serde_json::from_str::<Vec<Value>>(&text).expect("pair")
    });
    bundle["entry"] = entries.collect();
    bundle
}

/// The fixture twice, the second pair changed by `replace` in its text.
fn two(world: &World, find: &str, replace: &str) -> Value {
    let mut bundle = many(world, 2);
    for entry in bundle["entry"].as_array_mut().expect("entries").iter_mut().skip(2) {
        *entry = serde_json::from_str(&entry.to_string().replace(find, replace)).expect("entry");
    }
    bundle
}

fn set(mut bundle: Value, pointer: &str, value: Value) -> Value {
    let (parent, name) = pointer.rsplit_once('/').expect("pointer");
    bundle.pointer_mut(parent).expect(pointer)[name] = value;
    bundle
}

fn without_last(mut bundle: Value) -> Value {
    bundle["entry"].as_array_mut().expect("entries").pop();
    bundle
}

fn rows(world: &World) -> Vec<Row> {
    let signed = |bundle: Value| sign(world, bundle);
    let row = |what, bundle: Value, status, told| Row { what, body: signed(bundle), status, told };
    let fixture = || fixture(world);
    let event = "/entry/0/resource";
    let doubled =
        bundle(world, "", "").replacen("\"recorded\":", "\"recorded\":\"2026-11-20T09:17:00+02:00\",\"recorded\":", 1);
    let same_id = two(world, ".2026.11.1", ".2026.10.1");
    let old = "https://shark.kanta.fi/fhir/StructureDefinition/SocialWelfareServiceAuditEvent";
    vec![
        Row { what: "a doubled key", body: doubled, status: 400, told: &[] },
        row("a doubled id", same_id, 409, &[("notice-id-reused", "Bundle.entry[2].resource.id")]),
        row(
            "two persons",
            two(world, PERSON, "020516C903K"),
            422,
            &[("notice-persons-mixed", "Bundle.entry[2].resource.contained[5].identifier[0].value")],
        ),
        row("an odd entry", without_last(many(world, 2)), 422, &[("notice-pair-incomplete", "Bundle.entry[2]")]),
        row(
            "a reference to nowhere",
            set(fixture(), &format!("{event}/source/observer/reference"), json!("#nobody")),
            422,
            &[("notice-contained-wrong", "Bundle.entry[0].resource.source.observer.reference")],
        ),
        row(
            "a number where a text belongs",
            set(fixture(), &format!("{event}/recorded"), json!(5)),
            422,
            &[("notice-structure-wrong", "Bundle.entry[0].resource.recorded")],
        ),
        row(
            "an unknown element",
            set(fixture(), &format!("{event}/agents"), json!([])),
            422,
            &[("notice-structure-wrong", "Bundle.entry[0].resource.agents")],
        ),
        row(
            "a profile of version 0.3",
            set(fixture(), &format!("{event}/meta/profile"), json!([old])),
            422,
            &[("notice-profile-outdated", "Bundle.entry[0].resource.meta.profile[0]")],
        ),
        row(
            "two mistakes at once",
            set(set(fixture(), "/type", json!("batch")), "/entry/1/fullUrl", json!("urn:uuid:1")),
            400,
            &[("notice-not-transaction", "Bundle.type"), ("notice-full-url-differs", "Bundle.entry[1].fullUrl")],
        ),
        row("too many notices", many(world, 1001), 413, &[("notice-bundle-too-large", "Bundle.entry")]),
    ]
}

/// Finding and place of each error of an OperationOutcome, whose shape is asked for too.
fn issues(text: &str) -> Vec<(String, String)> {
    let outcome: Value = serde_json::from_str(text).unwrap_or_default();
    let issues = outcome["issue"].as_array().cloned().unwrap_or_default();
    let errors = issues.iter().filter(|issue| issue["severity"] == "error");
    let read = |issue: &Value| {
        let coding = &issue["details"]["coding"][0];
        assert_eq!((&issue["code"], &coding["code"]), (&json!("processing"), &json!("4Y00007")));
        assert_eq!(issue["details"].get("text"), None, "Kanta does not use it");
        let diagnostics = issue["diagnostics"].as_str().expect("diagnostics");
        let code = diagnostics.trim_start_matches('[').split(']').next().expect("code").to_owned();
        (code, issue["expression"][0].as_str().expect("expression").to_owned())
    };
    errors.map(read).collect()
}

#[tokio::test]
async fn every_mistake_is_told_with_its_place_and_stores_nothing() {
    let world = World::start().await;
    let token = token(&world);
    for (number, row) in rows(&world).into_iter().enumerate() {
        let request = format!("6d9f3c1c-0a4e-4a58-9f2a-5b1f3f7fa{number:03}");
        let answer = post(&world, &request, &token, &row.body).await.expect("answer");
        assert_eq!(answer.headers()["x-correlation-id"], *request, "{}", row.what);
        let status = answer.status().as_u16();
        let text = answer.text().await.expect("text");
        assert_eq!(status, row.status, "{}: {text}", row.what);
        let expected: Vec<_> = row.told.iter().map(|(code, place)| ((*code).to_owned(), (*place).to_owned())).collect();
        assert_eq!(issues(&text), expected, "{}: {text}", row.what);
        assert!(
            world
                .last()
                .refused_for
                .iter()
                .all(|ground| expected.is_empty() || expected.iter().any(|(code, _)| code == ground.as_str()))
        );
        let stored = world.kanta.snapshot(&[PERSON.to_owned()], "test").expect("snapshot").notices;
        assert_eq!(stored, Vec::<String>::new(), "{}: all or nothing", row.what);
    }
}

#[tokio::test]
async fn two_thousand_entries_are_stored_whole() {
    let world = World::start().await;
    let answer = post(&world, REQUEST, &token(&world), &sign(&world, many(&world, 1000))).await.expect("answer");
    let response: Value = answer.json().await.expect("JSON");
    let locations: Vec<&str> = response["entry"]
        .as_array()
        .expect("entries")
        .iter()
        .map(|entry| entry["response"]["location"].as_str().expect("location"))
        .collect();
    let distinct: std::collections::BTreeSet<&&str> = locations.iter().collect();
    assert_eq!((locations.len(), distinct.len()), (2000, 2000));
    let stored = world.kanta.snapshot(&[PERSON.to_owned()], "test").expect("snapshot").notices;
    assert_eq!(stored.len(), 1000);
}

#[tokio::test]
async fn a_token_of_another_organisation_is_an_access_error() {
    let world = World::start().await;
    let token = token_of(&world, "1.2.246.10.99999992.10.0");
    let answer = post(&world, REQUEST, &token, &bundle(&world, "", "")).await.expect("answer");
    assert_eq!(answer.status(), 401);
    let outcome: Value = answer.json().await.expect("JSON");
    assert_eq!(outcome["issue"][0]["details"]["coding"][0]["code"], "5Y00009");
    assert!(outcome["issue"][0]["diagnostics"].as_str().expect("text").contains("token-organisation-differs"));
    assert_eq!(world.last().refused_for, ["token-organisation-differs"]);
}
