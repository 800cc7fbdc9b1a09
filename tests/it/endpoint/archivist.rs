//! The archivist's service: what is shown, to whom, and what is written down of it.

use kantakoe::domain::Hetu;
use reqwest::Method;
use serde_json::{Value, json};

use super::messages::{Draft, STEM};
use super::world::{ORGANISATION, OTHER, PERSON, Plan, World};
use crate::disclosure_model::{information, permit};

const THIRD: &str = "1.2.246.10.99999993.10.0";

/// A world whose organisation also answers for the register of another.
async fn world() -> World {
    let pair = (ORGANISATION.to_owned(), OTHER.to_owned());
    World::with(Plan { answerable: Some(vec![pair]), ..Plan::default() }).await
}

struct Call<'a> {
    path: String,
    method: Method,
    headers: Vec<(&'a str, &'a str)>,
    body: Option<Value>,
}

fn get(path: &str) -> Call<'_> {
    let headers = vec![("x-archivist", "Aino Arkistoija"), ("x-controller", ORGANISATION)];
    Call { path: path.to_owned(), method: Method::GET, headers, body: None }
}

fn nullify(number: u32, body: Value) -> Call<'static> {
    let path = format!("documents/{STEM}{number}/nullification");
    Call { path, method: Method::POST, body: Some(body), ..get("") }
}

async fn asked(world: &World, call: Call<'_>) -> (u16, Value) {
    let address = world.kanta.archive_url().replace("/archive", &format!("/archivist/v1/{}", call.path));
    let mut request = world.client.request(call.method, address);
    for (name, value) in call.headers {
        request = request.header(name, value);
    }
    let request = call.body.iter().fold(request, reqwest::RequestBuilder::json);
    let answer = request.send().await.expect("answer");
    (answer.status().as_u16(), answer.json().await.expect("JSON"))
}

async fn listed(world: &World, query: &str, register: &str) -> Vec<String> {
    let mut call = get("");
    call.path = format!("documents?{query}");
    call.headers.push(("x-register", register));
    let (status, answer) = asked(world, call).await;
    assert_eq!(status, 200, "{answer}");
    let documents = answer["documents"].as_array().expect("documents");
    assert_eq!(answer["total"], documents.len());
    documents.iter().map(|document| document["id"].as_str().expect("id").trim_start_matches(STEM).to_owned()).collect()
}

#[tokio::test]
async fn an_archivist_sees_the_own_register_and_those_the_controller_answers_for() {
    let world = world().await;
    for (number, controller, nullified) in
        [(1, ORGANISATION, false), (2, OTHER, false), (3, ORGANISATION, true), (4, THIRD, false)]
    {
        world.plant(number, controller, nullified);
    }
    assert_eq!(listed(&world, "", ORGANISATION).await, ["1"]);
    assert_eq!(listed(&world, &format!("client={PERSON}&nullified=true"), ORGANISATION).await, ["1", "3"]);
    assert_eq!(listed(&world, "client=010180-9026", ORGANISATION).await, [""; 0]);
    assert_eq!(listed(&world, "", OTHER).await, ["2"]);
    let (status, shown) = asked(&world, get(&format!("documents/{STEM}1"))).await;
    assert_eq!((status, &shown["metadata"]["controller"]), (200, &json!(ORGANISATION)));
    assert!(shown["structured-form"].is_object(), "{shown}");
    assert!(shown["display-form"].as_str().is_some_and(|form| form.contains("marker-1")), "{shown}");
    let (status, _) = asked(&world, get(&format!("documents/{STEM}2"))).await;
    assert_eq!(status, 404, "it is in another register than the one named");
}

#[tokio::test]
async fn nobody_acts_for_another() {
    let world = world().await;
    let refused = [
        (vec![("x-controller", ORGANISATION)], 400),
        (vec![("x-archivist", "Aino")], 400),
        (vec![("x-archivist", "Aino"), ("x-controller", OTHER)], 403),
        (vec![("x-archivist", "Aino"), ("x-controller", ORGANISATION), ("x-register", THIRD)], 403),
    ];
    for (headers, expected) in refused {
        let (status, answer) = asked(&world, Call { headers, ..get("documents") }).await;
        assert_eq!(status, expected, "{answer}");
        assert!(!world.last().accepted);
    }
    let (_, log) = asked(&world, get("log")).await;
    let outcomes: Vec<_> = log["acts"].as_array().expect("acts").iter().map(|act| act["outcome"].clone()).collect();
    assert_eq!(outcomes, ["request-unreadable", "access-right"], "{log}");
}

#[tokio::test]
async fn declarations_of_intent_are_not_shown() {
    let world = world().await;
    let drafts = [
        Draft::declaration("kanta-information", &information()).version(30_010, 1),
        Draft::declaration("8", &permit(true)).version(30_020, 1),
        Draft::of("client-relationship"),
    ];
    for (number, draft) in (1_000_001..).zip(drafts) {
        world.send(&draft.numbered(number).finish(&world.identities)).await;
    }
    let held = world.kanta.snapshot(&[PERSON.to_owned()], "test").expect("snapshot").documents;
    let permit = held.iter().find(|document| document.group == "8").expect("the archive holds the permit");
    let (_, answer) = asked(&world, get("documents")).await;
    let shown: Vec<_> = answer["documents"].as_array().expect("documents").iter().map(|one| &one["group"]).collect();
    assert_eq!(shown, ["1"], "{answer}");
    let (status, _) = asked(&world, get(&format!("documents/{}", permit.id))).await;
    assert_eq!(status, 404);
}

#[tokio::test]
async fn two_versions_are_compared_value_by_value() {
    let world = world().await;
    world.send(&Draft::of("client-document").finish(&world.identities)).await;
    let (status, same) = asked(&world, get(&format!("documents/{STEM}501/compare/{STEM}501"))).await;
    assert_eq!((status, &same["same"]), (200, &json!(true)), "{same}");
    world.plant(1, ORGANISATION, false);
    let (_, answer) = asked(&world, get(&format!("documents/{STEM}501/compare/{STEM}1"))).await;
    let differences = answer["differences"].as_array().expect("differences");
    let id = differences.iter().find(|difference| difference["place"] == "/metadata/id").expect("id");
    assert_eq!((&id["first"], &id["second"]), (&json!(format!("{STEM}501")), &json!(format!("{STEM}1"))));
    assert!(!differences.iter().any(|difference| difference["place"] == "/metadata/controller"), "{answer}");
}

#[tokio::test]
async fn nullifying_needs_a_reason_and_its_confirmation_and_is_logged() {
    let world = world().await;
    world.plant(1, ORGANISATION, false);
    let refused = [
        (json!({"last-resort": true}), 422),
        (json!({"reason": " ", "last-resort": true}), 422),
        (json!({"reason": "Väärä asiakas"}), 409),
        (json!({"reason": 7}), 400),
    ];
    for (body, expected) in refused {
        let (status, answer) = asked(&world, nullify(1, body)).await;
        assert_eq!(status, expected, "{answer}");
    }
    let good = json!({"reason": "Väärä asiakas", "last-resort": true});
    let (status, answer) = asked(&world, nullify(1, good.clone())).await;
    assert_eq!((status, &answer), (200, &json!({"nullified": format!("{STEM}1")})));
    assert_eq!(asked(&world, nullify(1, good.clone())).await.0, 409, "only once");
    assert_eq!(asked(&world, nullify(2, good)).await.0, 404);
    assert_eq!(listed(&world, "", ORGANISATION).await, [""; 0]);
    let snapshot = world.kanta.snapshot(&[PERSON.to_owned()], "test").expect("snapshot");
    assert!(snapshot.documents.iter().all(|document| document.nullified), "marked and not deleted");
    let (_, log) = asked(&world, get("log")).await;
    let done: Vec<_> = log["acts"].as_array().expect("acts").iter().filter(|act| act["action"] == "nullify").collect();
    let outcomes: Vec<_> = done.iter().map(|act| act["outcome"].as_str().expect("outcome")).collect();
    let expected =
        ["reason-missing", "reason-missing", "not-last-resort", "done", "nullified-already", "reference-not-found"];
    assert_eq!(outcomes, expected, "{log}");
    assert_eq!((&done[3]["archivist"], &done[3]["reason"]), (&json!("Aino Arkistoija"), &json!("Väärä asiakas")));
}

#[tokio::test]
async fn what_is_asked_wrongly_is_said_and_a_foreign_identity_code_is_kept_nowhere() {
    let world = world().await;
    for (path, expected) in [("documents?colour=red", 400), ("nowhere", 404), ("documents/1.2/3", 404)] {
        let (status, answer) = asked(&world, get(path)).await;
        assert_eq!(status, expected, "{answer}");
        assert!(answer["error"].is_string());
    }
    let (status, _) = asked(&world, Call { method: Method::DELETE, ..get("documents") }).await;
    assert_eq!((status, world.last().service.id()), (405, "archivist"));
    let foreign = Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("compose");
    world.plant(1, ORGANISATION, false);
    let (status, answer) = asked(&world, nullify(1, json!({"reason": foreign.as_str(), "last-resort": true}))).await;
    assert_eq!(status, 400, "{answer}");
    assert_eq!(listed(&world, &format!("client={}", foreign.as_str()), ORGANISATION).await, [""; 0]);
    let hidden = foreign.as_str().replace('-', "%2D");
    let (status, answer) = asked(&world, get(&format!("documents?client={hidden}"))).await;
    assert_eq!((status, answer["error"].is_string()), (400, true), "written in another way it is found too");
    let (_, log) = asked(&world, get("log")).await;
    let journal = String::from_utf8_lossy(&world.journal_bytes()).into_owned();
    for code in [foreign.as_str(), &hidden] {
        assert!(!journal.contains(code) && !log.to_string().contains(code), "{log}");
    }
    assert_eq!(listed(&world, "", ORGANISATION).await, ["1"]);
}

#[tokio::test]
async fn a_run_serves_no_archivists() {
    let world = World::start().await;
    let address = world.kanta.archive_url().replace("/archive", "/archivist/v1/documents");
    let answer = world.client.get(address).send().await.expect("answer");
    assert_eq!(answer.status().as_u16(), 404);
}
