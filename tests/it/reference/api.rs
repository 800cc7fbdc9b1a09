//! The driver API: the reference system's answers against its OpenAPI description.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use super::bench::{Bench, CLIENT, person};

fn description() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/driver-api.json");
    serde_json::from_str(&fs::read_to_string(path).expect("driver-api.json")).expect("json")
}

/// Whether `value` fits the named schema of the description.
fn fits(description: &Value, schema: &str, value: &Value) -> Result<(), String> {
    let root = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": format!("#/components/schemas/{schema}"),
        "components": description["components"],
    });
    let validator = jsonschema::validator_for(&root).map_err(|error| error.to_string())?;
    let errors: Vec<String> = validator.iter_errors(value).map(|error| error.to_string()).collect();
    if errors.is_empty() { Ok(()) } else { Err(format!("{schema}: {errors:?} in {value}")) }
}

fn each(values: &Value) -> impl Iterator<Item = (&String, &Value)> {
    values.as_object().into_iter().flatten()
}

#[tokio::test]
async fn the_description_has_every_action_that_the_system_lists() {
    let description = description();
    assert_eq!(description["openapi"], "3.1.0");
    let bench = Bench::plain().await;
    let capabilities: Value = get(&bench, "/v1/capabilities").await.1;
    fits(&description, "Capabilities", &capabilities).expect("capabilities");
    let listed = |value: &Value| -> BTreeSet<String> {
        value.as_array().into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_owned())).collect()
    };
    let actions = listed(&capabilities["actions"]);
    assert_eq!(listed(&description["components"]["schemas"]["ActionName"]["enum"]), actions);
    let requests: BTreeSet<String> = each(&description["components"]["examples"])
        .filter_map(|(_, example)| {
            Some(example["value"].get("key").and(example["value"]["action"].as_str())?.to_owned())
        })
        .collect();
    assert_eq!(requests, actions, "each action has an example of a request");
}

#[test]
fn every_example_fits_its_schema() {
    let description = description();
    for (name, example) in each(&description["components"]["examples"]) {
        let schema = if example["value"].get("key").is_some() { "ActionRequest" } else { "Action" };
        fits(&description, schema, &example["value"]).expect(name);
    }
}

#[test]
fn the_schemas_refuse_what_does_not_fit() {
    let description = description();
    let request = |action: &str, parameters: Value| json!({"key": "k", "action": action, "parameters": parameters});
    for wrong in [
        request("fly", json!({})),
        request("store-matter", json!({"client": CLIENT})),
        request("know-client", json!({"person": {"identity-code": CLIENT}})),
        json!({"action": "reset", "parameters": {}}),
    ] {
        assert!(fits(&description, "ActionRequest", &wrong).is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn what_the_system_answers_fits_the_description() {
    let description = description();
    let bench = Bench::plain().await;
    let [_, _, document] = bench.store_three("Teksti m-3").await;
    let client = json!({"client": CLIENT});
    let with = |name: &str, value: Value| {
        let mut parameters = client.clone();
        parameters[name] = value;
        parameters
    };
    let period = json!({"from": "2020-01-01T00:00:00Z", "until": "2100-01-01T00:00:00Z", "client": CLIENT});
    let asked = [
        ("search-documents", client.clone()),
        ("search-metadata", client.clone()),
        ("document-status", with("document", json!(document))),
        ("document-status", with("marker", json!("unheard"))),
        ("record-disclosures", json!({"events": []})),
        ("send-pending", json!({})),
        ("use-log", period),
        ("store-client-relationship", json!({"client": "unknown", "marker": "m"})),
        ("reset", json!({})),
    ];
    for (action, parameters) in asked {
        let request = json!({"key": "k", "action": action, "parameters": parameters});
        fits(&description, "ActionRequest", &request).expect("request");
        fits(&description, "Action", &bench.act(action, parameters).await).expect("action");
    }
}

async fn get(bench: &Bench, path: &str) -> (u16, Value) {
    let response = super::bench::driver().get(format!("{}{path}", bench.base())).send().await.expect("get");
    (response.status().as_u16(), response.json().await.unwrap_or_default())
}

async fn post(bench: &Bench, body: &str) -> (u16, Value) {
    let url = format!("{}/v1/actions", bench.base());
    let response = super::bench::driver().post(url).body(body.to_owned()).send().await.expect("post");
    (response.status().as_u16(), response.json().await.unwrap_or_default())
}

#[tokio::test]
async fn wrong_requests_get_the_error_that_the_description_tells() {
    let description = description();
    let bench = Bench::plain().await;
    let table = [
        (get(&bench, "/v1/nothing").await, 404),
        (get(&bench, "/v1/actions/99").await, 404),
        (get(&bench, "/v1/actions/x").await, 404),
        (get(&bench, "/v1/actions").await, 405),
        (post(&bench, "not json").await, 400),
        (post(&bench, "{\"key\":\"k\",\"action\":\"know-client\",\"parameters\":{}}").await, 400),
        (post(&bench, "{\"key\":\"k\",\"action\":\"fly\",\"parameters\":{}}").await, 422),
    ];
    for ((status, body), expected) in table {
        assert_eq!(status, expected, "{body}");
        fits(&description, "Error", &body).expect("error");
    }
}

#[tokio::test]
async fn a_key_names_one_action_for_ever() {
    let bench = Bench::plain().await;
    let parameters = json!({"person": person(CLIENT)});
    let first = bench.act_with_key("k-1", "know-client", parameters.clone()).await;
    assert_eq!(bench.act_with_key("k-1", "know-client", parameters).await, first);
    let (status, _) = post(&bench, "{\"key\":\"k-1\",\"action\":\"reset\",\"parameters\":{}}").await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn reset_forgets_clients_and_documents_but_not_the_log() {
    let bench = Bench::plain().await;
    let [_, _, document] = bench.store_three("Teksti m-3").await;
    bench.act("reset", json!({})).await;
    let status = bench.act("document-status", json!({"client": CLIENT, "document": document})).await;
    assert_eq!(status["result"]["status"], "unknown");
    assert_eq!(bench.log().await.len(), 3);
}
