//! What the archive does not take.

use kantakoe::domain::Hetu;
use kantakoe::evidence::Body;

use super::messages::Draft;
use super::world::{PERSON, World};

#[tokio::test]
async fn a_foreign_identity_code_is_refused_and_kept_nowhere() {
    let world = World::start().await;
    let foreign = Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("code");
    // Once in plain sight, once deep in the structured form.
    let plain = Draft::of("client-document").with(PERSON, foreign.as_str());
    let hidden = Draft::of("client-document").with("Sovittu tapaaminen.", foreign.as_str()).numbered(2);
    for draft in [plain, hidden] {
        let answer = world.send(&draft.finish(&world.identities)).await;
        assert!(answer.contains("<typeCode code=\"AE\"/>") && answer.contains("[identity-code-foreign]"), "{answer}");
        assert!(!answer.contains(foreign.as_str()), "{answer}");
        let exchange = world.last();
        assert_eq!(exchange.refused_for, ["identity-code-foreign"]);
        assert!(matches!(exchange.request.body, Body::Withheld { bytes, .. } if bytes > 1000));
    }
    let journal = world.journal_bytes();
    assert!(!journal.windows(foreign.as_str().len()).any(|window| window == foreign.as_str().as_bytes()));
    let all = [PERSON.to_owned(), foreign.as_str().to_owned()];
    assert!(world.kanta.snapshot(&all, "test").expect("snapshot").documents.is_empty());
}

#[tokio::test]
async fn what_is_no_message_gets_a_fault_of_its_soap_version() {
    let world = World::start().await;
    let message = Draft::of("client-document").finish(&world.identities);
    let doctype = message.replace("<soap:Envelope", "<!DOCTYPE x [<!ENTITY a \"b\">]><soap:Envelope");
    let deep = format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
    for body in [doctype.as_str(), deep.as_str(), "", "no XML", "<a/>"] {
        let answer = world.post(body.to_owned()).await.expect("answer");
        assert_eq!(answer.status(), 500);
        assert!(answer.text().await.expect("text").contains("<faultcode>soap:Client</faultcode>"));
        let request = world.client.post(world.kanta.archive_url()).header("content-type", "application/soap+xml");
        let answer = request.body(body.to_owned()).send().await.expect("answer");
        assert_eq!(answer.status(), 400);
        assert!(answer.text().await.expect("text").contains("soap:Sender"));
        assert_eq!(world.last().refused_for, ["message-unreadable"]);
    }
}

#[tokio::test]
async fn a_broken_rule_is_told_with_its_place() {
    let world = World::start().await;
    let unsigned = Draft::of("client-document").finish(&world.identities).replace("interactionId root", "other root");
    let answer = world.send(&unsigned).await;
    assert!(answer.contains("4Y00007") && answer.contains("[interaction-differs]"), "{answer}");
    assert!(answer.contains("<location>/RCMR_IN200002FI01"), "{answer}");
    assert_eq!(world.stored(), 0);
}

#[tokio::test]
async fn a_body_over_the_bound_is_not_read() {
    let world = World::start().await;
    let answer = world.post(vec![b'a'; 10 * 1024 * 1024 + 1]).await.expect("answer");
    assert_eq!(answer.status(), 413);
    assert_eq!(world.last().refused_for, ["message-too-large"]);
    assert!(world.last().request.body.bytes().is_empty());
}

#[tokio::test]
async fn a_body_of_unknown_length_is_bounded_too() {
    let world = World::start().await;
    let (sender, receiver) = tokio::io::duplex(64 * 1024);
    let writing = tokio::spawn(async move {
        let mut sender = sender;
        let chunk = vec![b'a'; 64 * 1024];
        // Ends with an error when the endpoint has heard enough.
        while tokio::io::AsyncWriteExt::write_all(&mut sender, &chunk).await.is_ok() {}
    });
    let body = reqwest::Body::wrap(super::connections::Streamed::new(receiver));
    let answer = world.post(body).await;
    assert!(answer.map_or(true, |answer| answer.status() == 413));
    writing.await.expect("writer");
    assert_eq!(world.last().refused_for, ["message-too-large"]);
}

#[tokio::test]
async fn other_methods_and_addresses_are_told_apart() {
    let world = World::start().await;
    let answer = world.client.get(world.kanta.archive_url()).send().await.expect("answer");
    assert_eq!((answer.status().as_u16(), answer.headers()["allow"].to_str().ok()), (405, Some("POST")));
    assert_eq!(world.last().refused_for, ["method-not-allowed"]);
    let elsewhere = world.kanta.archive_url().replace("/archive", "/elsewhere");
    let answer = world.client.get(elsewhere).send().await.expect("answer");
    assert_eq!(answer.status(), 404);
    assert_eq!(world.last().refused_for, ["no-such-address"]);
}
