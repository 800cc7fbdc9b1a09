//! Storing, correcting and nullifying.

use kantakoe::domain::{Operation, ServiceGround};
use kantakoe::evidence::Provenance;

use super::messages::{Draft, STEM};
use super::world::{ORGANISATION, OTHER, PERSON, Plan, World};
use crate::support::shared;

#[tokio::test]
async fn the_sample_messages_are_accepted_as_they_stand() {
    let Some(shared) = shared() else { return };
    let sample = |name: &str| std::fs::read(shared.join("spec/samples").join(name)).expect("sample");
    let plan = Plan { signers: sample("test-ca.pem"), ..Plan::default() };
    let world = World::with(plan).await;
    // Both samples carry the same message number, which only one message may have.
    let relationship = String::from_utf8(sample("client-relationship.frame.xml")).expect("text");
    let document = String::from_utf8(sample("client-document.frame.xml")).expect("text");
    for message in [relationship, document.replace("1000001", "1000002")] {
        let answer = world.send(&message).await;
        assert!(answer.contains("<typeCode code=\"AA\"/>"), "{answer}");
        assert!(world.last().accepted, "{:?}", world.last().refused_for);
    }
}

#[tokio::test]
async fn a_stored_document_is_in_the_archive_and_in_the_evidence() {
    let world = World::start().await;
    let message = Draft::of("client-document").finish(&world.identities);
    let answer = world.send(&message).await;
    assert!(answer.contains("<MCCI_IN000002UV01") && answer.contains("<typeCode code=\"AA\"/>"), "{answer}");
    let snapshot = world.kanta.snapshot(&[PERSON.to_owned()], "test").expect("snapshot");
    let [document] = snapshot.documents.as_slice() else { panic!("one document") };
    assert_eq!((document.id.as_str(), document.provenance), (format!("{STEM}501").as_str(), Provenance::Wire));
    assert!(document.text.contains("Sovittu tapaaminen."), "{}", document.text);
    let exchange = world.last();
    assert_eq!((exchange.number, exchange.service.id(), exchange.operation), (1, "archive", Operation::Store));
    assert_eq!(exchange.persons, [PERSON]);
    assert_eq!(exchange.caller.serial_number.as_deref(), Some(ORGANISATION));
    assert_eq!(exchange.request.body.bytes(), message.as_bytes());
    assert_eq!(exchange.answer.expect("answer").body.bytes(), answer.as_bytes());
}

#[tokio::test]
async fn a_repeated_message_gets_the_first_answer_again() {
    let world = World::start().await;
    let message = Draft::of("client-document").finish(&world.identities);
    let first = world.send(&message).await;
    assert_eq!(world.send(&message).await, first);
    assert_eq!(world.stored(), 1);
    let exchanges = world.exchanges();
    let repeated: Vec<_> = exchanges.iter().map(|exchange| (exchange.accepted, exchange.repeated)).collect();
    assert_eq!(repeated, [(true, false), (true, true)]);
}

#[tokio::test]
async fn a_message_number_serves_one_message_only() {
    let world = World::start().await;
    world.send(&Draft::of("client-document").finish(&world.identities)).await;
    let other = Draft::of("client-document").with(&format!("{STEM}501"), &format!("{STEM}502"));
    let answer = world.send(&other.finish(&world.identities)).await;
    assert!(answer.contains("<typeCode code=\"AE\"/>") && answer.contains("[message-id-reused]"), "{answer}");
    assert_eq!(world.last().refused_for, ["message-id-reused"]);
    assert_eq!(world.stored(), 1);
}

#[tokio::test]
async fn the_same_message_at_the_same_time_is_stored_once() {
    let world = World::start().await;
    let message = Draft::of("client-document").finish(&world.identities);
    let (one, two) = tokio::join!(world.send(&message), world.send(&message));
    assert_eq!(one, two);
    assert_eq!(world.stored(), 1);
}

#[tokio::test]
async fn a_correction_becomes_the_newest_version() {
    let world = World::start().await;
    world.plant(600, ORGANISATION, false);
    let answer = world.send(&Draft::correction(600).finish(&world.identities)).await;
    assert!(answer.contains("<typeCode code=\"AA\"/>"), "{answer}");
    assert_eq!(world.last().operation, Operation::Correct);
    let found = world.send(&Draft::of("search").numbered(2).finish(&world.identities)).await;
    assert!(found.contains(&format!("<id root=\"{STEM}501\"/>")), "{found}");
    assert!(!found.contains(&format!("<id root=\"{STEM}600\"/>")), "{found}");
}

#[tokio::test]
async fn a_nullified_document_is_found_no_more() {
    let world = World::start().await;
    world.plant(600, ORGANISATION, false);
    let nullification = Draft::correction(600).with("\"COMPLETED\"", "\"NULLIFIED\"");
    let answer = world.send(&nullification.finish(&world.identities)).await;
    assert!(answer.contains("<typeCode code=\"AA\"/>"), "{answer}");
    assert_eq!(world.last().operation, Operation::Nullify);
    let found = world.send(&Draft::of("search").numbered(2).finish(&world.identities)).await;
    assert!(found.contains("<queryResponseCode code=\"NF\"/>"), "{found}");
}

#[tokio::test]
async fn a_nullification_without_a_document_nullifies_the_set() {
    let world = World::start().await;
    world.plant(600, ORGANISATION, false);
    let frame = Draft::of("client-document").finish(&world.identities);
    let (start, end) = (frame.find("<text ").expect("text"), frame.find("</text>").expect("text"));
    let message = format!("{}{}", &frame[..start], &frame[end + "</text>".len()..])
        .replace("RCMR_IN200002FI01", "RCMR_IN000011UV01")
        .replace("\"COMPLETED\"", "\"NULLIFIED\"")
        .replace(&format!("{STEM}501"), &format!("{STEM}600"));
    let answer = world.send(&message).await;
    assert!(answer.contains("<typeCode code=\"AA\"/>"), "{answer}");
    let snapshot = world.kanta.snapshot(&[PERSON.to_owned()], "test").expect("snapshot");
    assert!(snapshot.documents.iter().all(|document| document.nullified));
    let unknown = message.replace(&format!("{STEM}600"), &format!("{STEM}999")).replace("1000001", "2");
    let answer = world.send(&unknown).await;
    assert!(answer.contains("<typeCode code=\"AE\"/>") && answer.contains("[reference-not-found]"), "{answer}");
}

#[tokio::test]
async fn another_controllers_document_that_is_disclosed_cannot_be_corrected() {
    let world = World::start().await;
    world.plant(600, OTHER, false);
    world.disclose();
    let answer = world.send(&Draft::correction(600).finish(&world.identities)).await;
    assert!(answer.contains("<typeCode code=\"AE\"/>") && answer.contains("5Y00009"), "{answer}");
    assert!(world.last().refused_for.contains(&ServiceGround::AccessRight.into()), "{:?}", world.last().refused_for);
    assert_eq!(world.stored(), 2);
}

#[tokio::test]
async fn another_controllers_document_that_is_not_disclosed_is_as_if_it_were_not_there() {
    let world = World::start().await;
    world.plant(600, OTHER, false);
    let held = world.send(&Draft::correction(600).finish(&world.identities)).await;
    let refused = world.last().refused_for;
    let absent = Draft::correction(601).numbered(1_000_002).finish(&world.identities);
    let absent = world.send(&absent).await.replace(&format!("{STEM}601"), &format!("{STEM}600"));
    let told = |answer: &str| answer.split_once("<acknowledgementDetail").expect("details").1.to_owned();
    assert_eq!(told(&held), told(&absent));
    assert_eq!((refused, world.stored()), (world.last().refused_for, 1));
}

#[tokio::test]
async fn only_who_has_access_stores_in_another_register() {
    let world = World::start().await;
    let message = Draft::of("client-relationship").with(ORGANISATION, OTHER).with(
        &format!("<sender typeCode=\"SND\"><device classCode=\"DEV\" determinerCode=\"INSTANCE\"><id root=\"{OTHER}\"/>"),
        &format!("<sender typeCode=\"SND\"><device classCode=\"DEV\" determinerCode=\"INSTANCE\"><id root=\"{ORGANISATION}\"/>"),
    );
    let own_use = "<reasonCode code=\"1\" codeSystem=\"1.2.246.537.6.1289.201901\"";
    let with_access = message.clone().numbered(2).with(
        own_use,
        "<reasonCode code=\"use-by-register-access\" codeSystem=\"2.25.164881940897364766539706513194035299512\"",
    );
    let send = |message: &Draft| message.finish(&world.identities);
    let refused = world.send(&send(&with_access)).await;
    assert!(refused.contains("[access-right]") && world.stored() == 0, "{refused}");
    world.kanta.grant_register_access(ORGANISATION, OTHER).expect("grant");
    let unstated = world.send(&send(&message.numbered(3))).await;
    assert!(unstated.contains("[access-right]") && world.stored() == 0, "{unstated}");
    let accepted = world.send(&send(&with_access.with("extension=\"2\"", "extension=\"4\""))).await;
    assert!(accepted.contains("<typeCode code=\"AA\"/>"), "{accepted}");
    let stored = world.kanta.snapshot(&[PERSON.to_owned()], "test").expect("snapshot").documents;
    assert_eq!(stored[0].controller, OTHER);
}

#[tokio::test]
async fn an_archive_with_state_goes_on_after_a_restart() {
    let plan = Plan { keep_state: true, ..Plan::default() };
    let folder = std::sync::Arc::clone(&plan.folder);
    let world = World::with(plan).await;
    let message = Draft::of("client-document").finish(&world.identities);
    let first = world.send(&message).await;
    world.kanta.stop().await;
    let again = World::with(Plan { keep_state: true, folder, ..Plan::default() }).await;
    assert_eq!(again.stored(), 1);
    assert_eq!(again.send(&message).await, first);
    let numbers: Vec<_> = again.exchanges().iter().map(|exchange| exchange.number).collect();
    assert_eq!(numbers, [1, 2]);
}
