//! How the reference system takes Kanta's answers to documents.

use kantakoe::reference::Fault;
use serde_json::{Value, json};

use super::bench::{Bench, CLIENT, Reply, between, set_id};

async fn status(bench: &Bench, document: &str) -> Value {
    let ending = bench.act("document-status", json!({"client": CLIENT, "document": document})).await;
    ending["result"].clone()
}

/// Stores relationship and matter, then a document to which Kanta answers so.
async fn stored_with(bench: &Bench, replies: impl IntoIterator<Item = Reply>) -> (Value, Value) {
    bench.know(CLIENT).await;
    bench.script(replies);
    let ending = bench.store_document("1.2.246.10.99999991.95.2026.1.1", "Teksti m-3").await;
    let document = ending["result"]["document"]["set-id"].as_str().expect("set-id").to_owned();
    let status = status(bench, &document).await;
    (ending, status)
}

fn three(reply: &Reply) -> Vec<Reply> {
    vec![reply.clone(); 3]
}

#[tokio::test]
async fn only_an_acceptance_of_the_own_message_counts_as_stored() {
    let table = [
        (vec![Reply::Accept], "succeeded", "stored"),
        (vec![Reply::Refuse("4Y00007")], "refused", "refused"),
        (three(&Reply::OtherTarget), "failed", "waiting"),
        (three(&Reply::Status(500, None)), "failed", "waiting"),
        (three(&Reply::Status(503, None)), "failed", "waiting"),
        (three(&Reply::Body("not xml".to_owned())), "failed", "waiting"),
        (three(&Reply::Body("<a/>".to_owned())), "failed", "waiting"),
        (vec![Reply::Body(String::new()), Reply::OtherTarget, Reply::Accept], "succeeded", "stored"),
    ];
    for (replies, outcome, standing) in table {
        let bench = Bench::plain().await;
        let (ending, status) = stored_with(&bench, replies.clone()).await;
        assert_eq!((&ending["outcome"], &status["status"]), (&json!(outcome), &json!(standing)), "{replies:?}");
        assert_eq!(status["text"], "Teksti m-3");
    }
}

#[tokio::test]
async fn what_kanta_says_is_shown_and_kept() {
    let bench = Bench::plain().await;
    let (ending, status) = stored_with(&bench, [Reply::Refuse("4Y00007")]).await;
    let errors = json!([{"code": "4Y00007", "text": "[finding] what is wrong"}]);
    assert_eq!((&ending["errors"], &status["errors"]), (&errors, &errors));
    assert!(ending["message"].as_str().is_some_and(|message| message.contains("what is wrong")));
}

#[tokio::test]
async fn a_message_is_sent_again_to_the_byte_and_no_more_than_three_times() {
    let bench = Bench::plain().await;
    stored_with(&bench, three(&Reply::Status(503, Some("0")))).await;
    let bodies = bench.bodies().await;
    assert_eq!(bodies.len(), 3);
    assert!(bodies.iter().all(|body| *body == bodies[0]));
    assert_eq!(bench.log().await.len(), 1);
    let sent = bench.act("send-pending", json!({})).await;
    assert_eq!((&sent["outcome"], &sent["result"]["waiting"]), (&json!("succeeded"), &json!(0)));
    assert_eq!(bench.bodies().await[3], bodies[0]);
    let log = bench.log().await;
    assert_eq!((log.len(), &log[0]["outcome"], &log[0]["kanta"]["httpStatus"]), (1, &json!("success"), &json!(200)));
}

#[tokio::test]
async fn versions_follow_one_another() {
    let bench = Bench::plain().await;
    let [_, _, document] = bench.store_three("Teksti m-3").await;
    for (marker, version) in [("m-4", 2), ("m-5", 3)] {
        let correction = json!({"client": CLIENT, "document": document, "text": marker, "marker": marker});
        let ending = bench.act("correct-document", correction).await;
        assert_eq!((set_id(&ending), &ending["result"]["document"]["version"]), (document.clone(), &json!(version)));
    }
    bench.script([Reply::Refuse("5Y00009")]);
    let ending = bench.act("nullify-document", json!({"client": CLIENT, "document": document, "reason": ""})).await;
    assert_eq!((&ending["outcome"], &ending["errors"][0]["code"]), (&json!("refused"), &json!("5Y00009")));
    let ending = bench.act("nullify-document", json!({"client": CLIENT, "document": document, "reason": ""})).await;
    assert_eq!(ending["result"]["document"]["version"], 4);
}

#[tokio::test]
async fn the_system_objects_to_what_it_does_not_know_and_logs_it() {
    let bench = Bench::plain().await;
    let ending = bench.act("store-client-relationship", json!({"client": CLIENT, "marker": "m"})).await;
    assert_eq!(ending["outcome"], "refused");
    let ending = bench.act("know-client", json!({"person": super::bench::person(CLIENT)})).await;
    assert_eq!(ending["outcome"], "succeeded");
    assert_eq!(bench.requests().await.len(), 0);
    let log = bench.log().await;
    assert_eq!((log.len(), &log[0]["outcome"], &log[0]["kanta"]), (1, &json!("refused"), &Value::Null));
}

#[tokio::test]
async fn the_same_seed_gives_the_same_messages_but_for_time_and_signature() {
    let mut seen = vec![];
    for _ in 0..2 {
        let bench = Bench::plain().await;
        let documents = bench.store_three("Teksti m-3").await;
        let message = |body: &String| between(body, "extension=\"", "\"");
        let messages: Vec<String> = bench.bodies().await.iter().map(message).collect();
        seen.push((documents, messages));
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test]
async fn faults_of_taking_answers_deviate_as_they_say() {
    let table = [
        (Fault::ErrorAnswerAsSuccess, vec![Reply::Refuse("4Y00007")], "succeeded", "stored", 1),
        (Fault::AnswerToOtherMessageAccepted, vec![Reply::OtherTarget], "succeeded", "stored", 1),
        (Fault::RefusedDocumentDropped, vec![Reply::Refuse("4Y00007")], "refused", "unknown", 1),
        (Fault::GivesUpAfter503, vec![Reply::Status(503, None)], "failed", "waiting", 1),
    ];
    for (fault, replies, outcome, standing, sent) in table {
        let bench = Bench::faulty(fault).await;
        let (ending, status) = stored_with(&bench, replies).await;
        assert_eq!((&ending["outcome"], &status["status"]), (&json!(outcome), &json!(standing)), "{fault}");
        assert_eq!(bench.requests().await.len(), sent, "{fault}");
        bench.act("send-pending", json!({})).await;
        assert_eq!(bench.requests().await.len(), sent, "{fault}");
    }
    let bench = Bench::faulty(Fault::ErrorNotShown).await;
    let (ending, status) = stored_with(&bench, [Reply::Refuse("4Y00007")]).await;
    assert_eq!((&ending["errors"], &ending["message"], &status["errors"]), (&json!([]), &json!(""), &json!([])));
}

#[tokio::test]
async fn faults_of_versions_deviate_as_they_say() {
    let table = [
        (Fault::SetIdChanged, "<setId root=\"", false),
        (Fault::VersionNotRaised, "<versionNumber value=\"1\"", true),
        (Fault::VersionNotRaised, "<versionNumber value=\"2\"", false),
    ];
    for (fault, text, expected) in table {
        let bench = Bench::faulty(fault).await;
        let [_, _, document] = bench.store_three("Teksti m-3").await;
        bench.act("correct-document", json!({"client": CLIENT, "document": document, "text": "m-4"})).await;
        let correction = bench.bodies().await.pop().expect("correction");
        let holds = if fault == Fault::SetIdChanged { format!("{text}{document}\"") } else { text.to_owned() };
        assert_eq!(correction.contains(&holds), expected, "{fault}");
    }
    for (fault, action) in
        [(Fault::CorrectionKeptLocal, "correct-document"), (Fault::NullifiesLocallyOnly, "nullify-document")]
    {
        let bench = Bench::faulty(fault).await;
        let [_, _, document] = bench.store_three("Teksti m-3").await;
        let ending = bench.act(action, json!({"client": CLIENT, "document": document, "text": "m-4"})).await;
        assert_eq!((&ending["outcome"], bench.requests().await.len()), (&json!("succeeded"), 3), "{fault}");
    }
}

#[tokio::test]
async fn refused_changes_are_hidden_only_by_the_fault_that_does_so() {
    let bench = Bench::faulty(Fault::HidesRefusal).await;
    let [_, _, document] = bench.store_three("Teksti m-3").await;
    for (code, outcome) in [("4Y00007", "refused"), ("5Y00009", "succeeded")] {
        bench.script([Reply::Refuse(code)]);
        let correction = json!({"client": CLIENT, "document": document, "text": "m-4", "marker": "m-4"});
        assert_eq!(bench.act("correct-document", correction).await["outcome"], outcome, "{code}");
    }
}

#[tokio::test]
async fn identifiers_and_markers_are_spoilt_only_by_their_faults() {
    let bench = Bench::faulty(Fault::DocumentIdReused).await;
    let [_, matter, document] = bench.store_three("Teksti m-3").await;
    assert_eq!(set_id(&bench.store_document(&matter, "Toinen m-4").await), document);
    let bench = Bench::faulty(Fault::ClientRelationshipMissing).await;
    bench.store_three("Teksti m-3").await;
    let plain = Bench::plain().await;
    plain.store_three("Teksti m-3").await;
    let matter = |bodies: Vec<String>| bodies[1].len();
    assert_eq!(matter(bench.bodies().await), matter(plain.bodies().await));
    assert_ne!(bench.bodies().await[1], plain.bodies().await[1]);
}
