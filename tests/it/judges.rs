//! Libraries of another language read what goes over the wire: fhir.resources the FHIR resources, jwcrypto
//! and rfc8785 the signatures. No code of ours is on their side.

use std::path::{Path, PathBuf};
use std::process::Command;

use kantakoe::evidence::{Entry, read_journal};
use kantakoe::reference::{Fault, Variant};
use serde_json::{Value, json};

use crate::endpoint::notices::{REQUEST, bundle, post, token, token_of};
use crate::endpoint::world::World;
use crate::reference::bench::{Bench, CLIENT, OTHER_CLIENT, Setup};
use crate::reference::judged::disclosures;
use crate::support::judge;

const READER: &str = "read_fhir.py";
const VERIFIER: &str = "verify_jose.py";

/// What the judge has against the files, one line each at least; `None` where it is not installed.
fn verdict(script: &str, files: &[PathBuf]) -> Option<String> {
    let output = judge(script)?.args(files).output().expect("judge");
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.success(), told.is_empty(), "{told}");
    Some(told)
}

/// The verdict on one text.
fn verdict_on(script: &str, text: &str) -> Option<String> {
    let folder = tempfile::tempdir().expect("folder");
    verdict(script, &[written(folder.path(), 1, text)])
}

fn written(folder: &Path, number: usize, text: &str) -> PathBuf {
    let file = folder.join(format!("{number:04}.json"));
    std::fs::write(&file, text).expect("write");
    file
}

#[test]
fn every_resource_of_the_adoption_set_is_fhir() {
    let folder = tempfile::tempdir().expect("folder");
    let mut run = Command::new(env!("CARGO_BIN_EXE_kantakoe"));
    let ran = run.args(["run", "--report"]).arg(folder.path()).output().expect("run");
    assert_eq!(ran.status.code(), Some(0), "{}", String::from_utf8_lossy(&ran.stdout));
    let strangers = not_of_fhir(&folder.path().join("evidence/journal"));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder.path().join("evidence/exchanges")).expect("exchanges") {
        let file = entry.expect("entry").path();
        // A fault may answer with something else under this name, such as the page of a gateway.
        let name = file.file_name().expect("name").to_string_lossy().into_owned();
        if strangers.iter().any(|number| name.starts_with(&format!("{number:04}."))) {
            continue;
        }
        let is_json = || serde_json::from_slice::<Value>(&std::fs::read(&file).expect("file")).is_ok();
        if file.extension().is_some_and(|kind| kind == "json") && is_json() {
            files.push(file);
        }
    }
    let requests = files.iter().filter(|file| file.to_string_lossy().ends_with(".request.json")).count();
    assert!(requests >= 6 && files.len() > requests, "{files:?}");
    if let Some(told) = verdict(READER, &files) {
        assert_eq!(told, "");
    }
}

/// Numbers of the exchanges that went elsewhere than to the FHIR root.
fn not_of_fhir(journal: &Path) -> Vec<u64> {
    let number = |entry| match entry {
        Entry::Exchange(exchange) if exchange.service.id() != "fhir" => Some(exchange.number),
        _ => None,
    };
    read_journal(journal).expect("journal").into_iter().filter_map(number).collect()
}

#[tokio::test]
async fn every_answer_of_the_fhir_root_is_fhir() {
    let answers = answers().await;
    assert_eq!(
        answers.iter().map(|(status, _)| *status).collect::<Vec<_>>(),
        [200, 422, 200, 405, 415, 409, 413, 422, 401]
    );
    let folder = tempfile::tempdir().expect("folder");
    let files: Vec<PathBuf> =
        answers.iter().enumerate().map(|(number, (_, text))| written(folder.path(), number, text)).collect();
    if let Some(told) = verdict(READER, &files) {
        assert_eq!(told, "");
    }
}

/// Status and body of every kind of answer that has a body.
async fn answers() -> Vec<(u16, String)> {
    let world = World::start().await;
    let (url, token) = (world.kanta.fhir_url(), token(&world));
    let body = bundle(&world, "", "");
    let other_id = "6d9f3c1c-0a4e-4a58-9f2a-5b1f3f7f9c02";
    let undescribed = bundle(&world, "\"description\": \"Paper attachment, two pages\"", "\"name\": \"x\"");
    let plain = world.client.post(&url).bearer_auth(&token).header("content-type", "application/json");
    let answers = [
        world.client.get(format!("{url}/metadata")).send().await,
        post(&world, "6d9f3c1c-0a4e-4a58-9f2a-5b1f3f7f9c03", &token, &undescribed).await,
        post(&world, REQUEST, &token, &body).await,
        world.client.put(&url).send().await,
        plain.body(body).send().await,
        post(&world, other_id, &token, &bundle(&world, "two pages", "three pages")).await,
        post(&world, other_id, &token, &"a".repeat(10 * 1024 * 1024 + 1)).await,
        post(&world, other_id, &token, &bundle(&world, "\"recorded\"", "\"recordedAt\"")).await,
        post(&world, other_id, &token_of(&world, "1.2.246.10.99999992.10.0"), &bundle(&world, "", "")).await,
    ];
    let mut read = Vec::new();
    for answer in answers {
        let answer = answer.expect("answer");
        read.push((answer.status().as_u16(), answer.text().await.expect("text")));
    }
    read
}

#[test]
fn the_reader_can_say_no() {
    let issue = json!({"severity": "error", "code": "processing", "diagnostics": "x"});
    let good = json!({"resourceType": "OperationOutcome", "issue": [issue]});
    let Some(told) = verdict_on(READER, &good.to_string()) else { return };
    assert_eq!(told, "");
    let changes = [
        ("/issue", json!([])),
        ("/issue/0/severity", json!("bad")),
        ("/issue/0/diagnostics", json!(1)),
        ("/resourceType", json!("Outcome")),
        ("/issue/0", json!({"severity": "error", "code": "processing", "diagnosis": "x"})),
    ];
    for (pointer, value) in changes {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).expect(pointer) = value;
        assert_ne!(verdict_on(READER, &bad.to_string()), Some(String::new()), "{pointer}");
    }
}

/// What a system of this setup sends to the FHIR root: header and body.
async fn sent(setup: Setup) -> Vec<Value> {
    let bench = Bench::new(setup).await;
    for client in [CLIENT, OTHER_CLIENT] {
        bench.know(client).await;
    }
    bench.act("record-disclosures", disclosures("1.2.246.10.99999991.95.2026.9.1")).await;
    let requests = bench.requests().await;
    let notices = requests.iter().filter(|request| request.url.path() == "/fhir");
    let told = |request: &wiremock::Request| {
        let body = String::from_utf8(request.body.clone()).expect("UTF-8");
        json!({"authorization": request.headers["authorization"].to_str().expect("header"), "body": body})
    };
    notices.map(told).collect()
}

#[tokio::test]
async fn jwcrypto_verifies_tokens_and_bundles_of_every_variant() {
    for variant in Variant::all() {
        let requests = sent(Setup { variant, ..Setup::default() }).await;
        assert!(requests.len() >= 2, "{}", variant.name);
        for request in requests {
            let Some(told) = verdict_on(VERIFIER, &request.to_string()) else { return };
            assert_eq!(told, "", "{}", variant.name);
        }
    }
}

#[tokio::test]
async fn jwcrypto_finds_what_the_faults_break() {
    let broken = [Fault::NoticeSignatureMissing, Fault::NoticeSignatureOverOtherBytes, Fault::TokenAlgorithmNone];
    for fault in broken {
        let setup = Setup { fault: Some(fault), ..Setup::default() };
        for request in sent(setup).await {
            assert_ne!(verdict_on(VERIFIER, &request.to_string()), Some(String::new()), "{fault}");
        }
    }
    for mut request in sent(Setup::default()).await {
        let body = request["body"].as_str().expect("body").replace("Paperiliite", "Paperiliitä");
        request["body"] = json!(body);
        assert_ne!(verdict_on(VERIFIER, &request.to_string()), Some(String::new()), "one letter changed");
    }
}
