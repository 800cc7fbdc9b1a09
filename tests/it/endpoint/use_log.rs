//! Entries of the use log that a system sends by itself.

use serde_json::{Value, json};

use super::world::World;
use crate::use_log::right_log;

async fn send(world: &World, body: String) -> (u16, Value) {
    let answer = world.client.post(world.kanta.use_log_url()).body(body).send().await.expect("answer");
    let status = answer.status().as_u16();
    (status, answer.json().await.expect("JSON"))
}

#[tokio::test]
async fn entries_are_judged_and_recorded() {
    let world = World::start().await;
    let entries = right_log()["entries"].as_array().expect("entries").clone();
    let lines: String = entries.iter().map(|entry| format!("{entry}\n")).collect();
    assert_eq!(send(&world, lines).await, (200, json!({"entries": 4, "findings": []})));
    let mut wrong = entries[0].clone();
    wrong["user"]["name"] = Value::Null;
    let (status, answer) = send(&world, format!("{wrong}\nno JSON\n")).await;
    let told = |number: usize, name: &str| answer["findings"][number][name].clone();
    assert_eq!((status, &answer["entries"]), (200, &json!(1)));
    assert_eq!((told(0, "code"), told(0, "line")), (json!("log-actor-missing"), json!(1)));
    assert_eq!((told(1, "code"), told(1, "line")), (json!("log-file-damaged"), json!(2)));
    let exchanges = world.exchanges();
    assert!(exchanges.iter().all(|exchange| exchange.service.id() == "use-log" && exchange.accepted));
    assert_eq!(exchanges.len(), 2);
}

#[tokio::test]
async fn what_is_no_log_is_refused_and_a_foreign_code_is_not_kept() {
    let world = World::start().await;
    assert_eq!(send(&world, "hello".to_owned()).await.0, 422);
    let foreign = kantakoe::domain::Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("code");
    assert_eq!(send(&world, format!("{{\"client\":{{\"value\":\"{}\"}}}}", foreign.as_str())).await.0, 400);
    let exchanges = world.exchanges();
    assert!(exchanges.iter().all(|exchange| !exchange.accepted));
    assert_eq!(exchanges[1].refused_for, ["identity-code-foreign"]);
    assert!(exchanges[1].request.body.bytes().is_empty());
    let answer = world.client.get(world.kanta.use_log_url()).send().await.expect("answer");
    assert_eq!(answer.status().as_u16(), 405);
}
