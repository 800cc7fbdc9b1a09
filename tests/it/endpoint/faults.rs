//! Faults that Kanta plays.

use kantakoe::domain::Operation;
use kantakoe::kanta::{Fault, FaultPlan};

use super::messages::Draft;
use super::world::{PERSON, World};

/// What a caller saw: the HTTP status and the text, or a connection that ended.
async fn seen(world: &World, message: &str) -> Option<(u16, String)> {
    let answer = world.post(message.to_owned()).await.ok()?;
    let status = answer.status().as_u16();
    Some((status, answer.text().await.expect("text")))
}

#[tokio::test]
async fn each_fault_shows_once_and_then_the_message_goes_through() {
    // The fault, the HTTP status and a text of its answer, whether the document is stored then, and
    // whether the message is accepted when it is sent again.
    let cases = [
        (Fault::ErrorAnswer, Some((200, "<typeCode code=\"AE\"/>")), 0, false),
        (Fault::RejectAnswer, Some((200, "<typeCode code=\"AR\"/>")), 0, true),
        (Fault::Unavailable, Some((503, "")), 0, true),
        (Fault::CloseBeforeStoring, None, 0, true),
        (Fault::CloseAfterStoring, None, 1, true),
        (Fault::AnswerToOtherMessage, Some((200, "no-message-of-yours")), 0, true),
        (Fault::SoapFault, Some((500, "<faultcode>soap:Server</faultcode>")), 0, true),
        (Fault::GarbageAnswer, Some((200, "<html>")), 0, true),
        (Fault::TruncatedAnswer, Some((200, "<MCCI_IN000002UV01")), 1, true),
        (Fault::EmptyUnauthorised, Some((401, "")), 0, true),
    ];
    assert_eq!(cases.map(|case| case.0), Fault::ALL);
    for (fault, expected, stored, accepted) in cases {
        let world = World::start().await;
        let message = Draft::of("client-document").finish(&world.identities);
        let plan = FaultPlan { person: PERSON.to_owned(), operation: Operation::Store, fault, times: 1 };
        world.kanta.play(plan);
        let answer = seen(&world, &message).await;
        assert_eq!(answer.as_ref().map(|(status, _)| *status), expected.map(|(status, _)| status), "{fault:?}");
        let text = answer.map(|(_, text)| text).unwrap_or_default();
        assert!(text.contains(expected.map_or("", |(_, text)| text)), "{fault:?}: {text}");
        assert_eq!(world.stored(), stored, "{fault:?}");
        assert_eq!(world.last().fault.as_deref(), Some(fault.name()));
        let (status, text) = seen(&world, &message).await.expect("answer");
        assert_eq!((status, text.contains("<typeCode code=\"AA\"/>")), (200, accepted), "{fault:?}: {text}");
        assert_eq!(world.last().fault, None);
        assert_eq!(world.stored(), usize::from(accepted), "{fault:?}");
    }
}

#[tokio::test]
async fn a_close_has_no_answer_in_the_evidence() {
    let world = World::start().await;
    let fault = Fault::CloseAfterStoring;
    world.kanta.play(FaultPlan { person: PERSON.to_owned(), operation: Operation::Store, fault, times: 1 });
    let message = Draft::of("client-document").finish(&world.identities);
    assert!(world.post(message).await.is_err());
    let exchange = world.last();
    assert!(exchange.answer.is_none() && exchange.accepted);
}

#[tokio::test]
async fn faults_of_others_and_forgotten_ones_are_not_played() {
    let world = World::start().await;
    let plan = |person: &str, operation| FaultPlan {
        person: person.to_owned(),
        operation,
        fault: Fault::Unavailable,
        times: 5,
    };
    world.kanta.play(plan("150675-901X", Operation::Store));
    world.kanta.play(plan(PERSON, Operation::SearchDocuments));
    world.kanta.play(plan(PERSON, Operation::Store));
    world.kanta.forget_faults(&[PERSON.to_owned()]);
    let answer = world.send(&Draft::of("client-document").finish(&world.identities)).await;
    assert!(answer.contains("<typeCode code=\"AA\"/>"), "{answer}");
}

#[tokio::test]
async fn a_search_may_be_refused_by_plan() {
    let world = World::start().await;
    let fault = Fault::ErrorAnswer;
    world.kanta.play(FaultPlan { person: PERSON.to_owned(), operation: Operation::SearchDocuments, fault, times: 1 });
    let answer = world.send(&Draft::of("search").finish(&world.identities)).await;
    assert!(answer.contains("<typeCode code=\"AE\"/>") && answer.contains("code=\"AE\"/><resultTotal"), "{answer}");
}
