//! How the reference system sends disclosure notices.

use std::collections::HashSet;

use kantakoe::reference::{Fault, Variant};
use serde_json::{Value, json};

use super::bench::{Bench, CLIENT, OTHER_CLIENT, Reply, Setup};
use super::judged::disclosures;

/// A system that knows both clients and has recorded three events, of which two need a notice.
async fn recorded(setup: Setup, replies: impl IntoIterator<Item = Reply>) -> (Bench, Value) {
    let bench = Bench::new(setup).await;
    bench.know(CLIENT).await;
    bench.know(OTHER_CLIENT).await;
    bench.script(replies);
    let ending = bench.act("record-disclosures", disclosures("1.2.246.10.99999991.95.2026.1.1")).await;
    (bench, ending)
}

fn faulty(fault: Fault) -> Setup {
    Setup { fault: Some(fault), ..Setup::default() }
}

/// Keys of the AuditEvents in each Bundle that Kanta got.
async fn events(bench: &Bench) -> Vec<usize> {
    let count = |body: &String| body.matches("\"resourceType\":\"AuditEvent\"").count();
    bench.bodies().await.iter().map(count).collect()
}

async fn request_ids(bench: &Bench) -> Vec<String> {
    let id = |request: &wiremock::Request| request.headers["x-request-id"].to_str().expect("id").to_owned();
    bench.requests().await.iter().map(id).collect()
}

#[tokio::test]
async fn each_person_gets_one_bundle_and_permanent_identifiers_are_kept() {
    let (bench, ending) = recorded(Setup::default(), []).await;
    assert_eq!(ending["outcome"], "succeeded", "{ending}");
    assert_eq!(events(&bench).await, [2, 1]);
    let notices = ending["result"]["notices"].as_array().expect("notices");
    let keys: Vec<&Value> = notices.iter().map(|notice| &notice["key"]).collect();
    assert_eq!(keys, ["a", "b", "c"]);
    for notice in notices {
        let permanent = format!("{}.9", notice["notice-id"].as_str().expect("notice-id"));
        assert_eq!(notice["permanent-id"], permanent);
    }
    let single = Setup { variant: Variant::named("single-notices").expect("variant"), ..Setup::default() };
    assert_eq!(events(&recorded(single, []).await.0).await, [1, 1, 1]);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let (bench, ending) = recorded(Setup::default(), [Reply::Status(401, None)]).await;
    assert_eq!(ending["outcome"], "succeeded");
    let ids = request_ids(&bench).await;
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 3);
    let tokens = bench.requests().await;
    assert_ne!(tokens[0].headers["authorization"], tokens[1].headers["authorization"]);
    let (bench, ending) = recorded(Setup::default(), vec![Reply::Status(401, None); 2]).await;
    assert_eq!((&ending["outcome"], &ending["errors"][0]["code"]), (&json!("refused"), &json!("401")));
    assert_eq!(bench.requests().await.len(), 3);
}

#[tokio::test]
async fn a_notice_is_sent_again_with_its_identifiers_in_a_new_request() {
    let busy = [Reply::Status(503, Some("0")), Reply::Body("garbage".to_owned())];
    let (bench, ending) = recorded(Setup::default(), busy).await;
    assert_eq!(ending["outcome"], "succeeded");
    let bodies = bench.bodies().await;
    assert!(bodies.len() == 4 && bodies[0] == bodies[1] && bodies[1] == bodies[2]);
    let ids = request_ids(&bench).await;
    let logged: Vec<Value> = bench.log().await.iter().map(|entry| entry["kanta"]["requestId"].clone()).collect();
    for id in &ids {
        assert!(logged.contains(&json!(id)), "{id}");
    }
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 4);
}

#[tokio::test]
async fn business_errors_are_final_and_outages_are_not() {
    let (bench, ending) = recorded(Setup::default(), [Reply::Refuse("4Y00007")]).await;
    assert_eq!((&ending["outcome"], &ending["errors"][0]["code"]), (&json!("refused"), &json!("4Y00007")));
    assert_eq!(bench.requests().await.len(), 2);
    let (bench, ending) = recorded(Setup::default(), vec![Reply::Status(503, None); 4]).await;
    assert_eq!(ending["outcome"], "failed");
    assert_eq!(ending["result"]["notices"][0]["permanent-id"], Value::Null);
    let sent = bench.act("send-pending", json!({})).await;
    assert_eq!((&sent["outcome"], &sent["result"]["waiting"]), (&json!("succeeded"), &json!(0)));
    assert_eq!(bench.bodies().await.last(), bench.bodies().await.first());
}

#[tokio::test]
async fn the_log_tells_recipient_ground_and_notice() {
    let (bench, ending) = recorded(Setup::default(), []).await;
    let log = bench.log().await;
    let through = log.iter().find(|entry| entry["disclosure"]["channel"] == "through-archive").expect("entry");
    assert_eq!((&through["kanta"], &through["disclosure"].get("noticeId")), (&Value::Null, &None));
    let sent: Vec<&Value> = log.iter().filter(|entry| entry["kind"] == "notice").collect();
    assert_eq!(sent.len(), 3);
    for (entry, notice) in sent.iter().zip(ending["result"]["notices"].as_array().expect("notices")) {
        assert_eq!(entry["disclosure"]["noticeId"], notice["notice-id"]);
        assert_eq!(entry["purpose"]["code"], "statutory-request");
        assert!(entry["disclosure"]["recipient"]["id"].is_string());
    }
}

#[tokio::test]
async fn an_item_must_be_a_document_or_described() {
    let bench = Bench::plain().await;
    bench.know(CLIENT).await;
    let mut parameters = disclosures("1.2.3");
    parameters["events"][0]["items"] = json!([{}]);
    let ending = bench.act("record-disclosures", parameters).await;
    assert_eq!((&ending["outcome"], bench.requests().await.len()), (&json!("refused"), 0));
}

#[tokio::test]
async fn faults_of_sending_notices_deviate_as_they_say() {
    let table: [(Fault, &[usize]); 6] = [
        (Fault::NoticeNotSent, &[]),
        (Fault::NoticeForArchiveDisclosure, &[2, 2]),
        (Fault::NoticePerItem, &[4, 2]),
        (Fault::TwoClientsInOneBundle, &[3]),
        (Fault::ItemsMerged, &[2, 1]),
        (Fault::PermanentIdDropped, &[2, 1]),
    ];
    for (fault, expected) in table {
        let (bench, ending) = recorded(faulty(fault), []).await;
        assert_eq!(ending["outcome"], "succeeded", "{fault}");
        assert_eq!(events(&bench).await, expected, "{fault}");
    }
    let (_, ending) = recorded(faulty(Fault::PermanentIdDropped), []).await;
    assert_eq!(ending["result"]["notices"][0]["permanent-id"], Value::Null);
    let (bench, _) = recorded(faulty(Fault::ItemsMerged), []).await;
    let bundle: Value = serde_json::from_str(&bench.bodies().await[0]).expect("bundle");
    assert_eq!(bundle["entry"][0]["resource"]["entity"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn faults_of_sending_again_deviate_as_they_say() {
    let busy = || vec![Reply::Status(503, None); 2];
    let (bench, ending) = recorded(faulty(Fault::NoticeLostAfter503), [Reply::Status(503, None)]).await;
    assert_eq!(ending["outcome"], "failed");
    assert_eq!(bench.act("send-pending", json!({})).await["result"]["waiting"], 0);
    assert_eq!(events(&bench).await, [2, 1]);
    let (bench, _) = recorded(faulty(Fault::NoticeStoredTwice), busy()).await;
    let bodies = bench.bodies().await;
    assert!(bodies[0] != bodies[1] && bodies[1] != bodies[2]);
    let (bench, _) = recorded(faulty(Fault::RequestIdReused), busy()).await;
    let ids = request_ids(&bench).await;
    assert!(ids[0] == ids[1] && ids[1] == ids[2]);
}
