//! Faults that Kanta plays.

use kantakoe::domain::{Fault, Operation};
use kantakoe::kanta::FaultPlan;

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
        (Fault::UnknownCodeAnswer, Some((200, "<typeCode code=\"XX\"/>")), 0, true),
        (Fault::SeveralIssues, Some((200, "code=\"4Y00007\"")), 0, false),
        (Fault::UnknownErrorCode, Some((200, "code=\"HX00042\"")), 0, false),
        (Fault::ValidationIssue, Some((200, "code=\"4Y00007\"")), 0, false),
        (Fault::AccessRefused, Some((200, "code=\"5Y00009\"")), 0, false),
        (Fault::Unavailable, Some((503, "")), 0, true),
        (Fault::Busy, Some((503, "")), 0, true),
        (Fault::TooManyRequests, Some((429, "")), 0, true),
        (Fault::CloseBeforeStoring, None, 0, true),
        (Fault::CloseAfterStoring, None, 1, true),
        (Fault::ResetBeforeStoring, None, 0, true),
        (Fault::ResetAfterStoring, None, 1, true),
        (Fault::HalfClose, None, 0, true),
        (Fault::AnswerToOtherMessage, Some((200, "no-message-of-yours")), 0, true),
        (Fault::SoapFault, Some((500, "<faultcode>soap:Server</faultcode>")), 0, true),
        (Fault::GarbageAnswer, Some((200, "<html>")), 0, true),
        (Fault::MalformedAnswer, Some((200, "<typeCode code=\"AA\"/>")), 0, true),
        (Fault::TruncatedAnswer, Some((200, "<MCCI_IN000002UV01")), 1, true),
        (Fault::DuplicatedAnswer, Some((200, "<typeCode code=\"AA\"/>")), 1, true),
        (Fault::DelayedAnswer, Some((200, "<typeCode code=\"AA\"/>")), 1, true),
        (Fault::DribbledAnswer, Some((200, "<typeCode code=\"AA\"/>")), 1, true),
        (Fault::EmptyBadRequest, Some((400, "")), 0, true),
        (Fault::EmptyUnauthorised, Some((401, "")), 0, true),
        (Fault::SmallPages, Some((200, "<typeCode code=\"AA\"/>")), 1, true),
    ];
    let in_exchanges: Vec<Fault> = Fault::ALL.iter().copied().filter(|fault| !fault.shows_in_handshakes()).collect();
    assert_eq!(cases.map(|case| case.0).as_slice(), in_exchanges);
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
        assert_eq!(world.last().fault, Some(fault));
        let (status, text) = seen(&world, &message).await.expect("answer");
        assert_eq!((status, text.contains("<typeCode code=\"AA\"/>")), (200, accepted), "{fault:?}: {text}");
        assert_eq!(world.last().fault, None);
        assert_eq!(world.stored(), usize::from(accepted), "{fault:?}");
    }
}

/// Plays `fault` on the client document of the fixtures and gives what the caller got.
async fn answer_under(world: &World, fault: Fault) -> reqwest::Result<reqwest::Response> {
    world.kanta.play(FaultPlan { person: PERSON.to_owned(), operation: Operation::Store, fault, times: 1 });
    world.post(Draft::of("client-document").finish(&world.identities)).await
}

/// Whether `wanted` is among the causes of `error`.
fn caused_by<E: std::error::Error + 'static>(error: &reqwest::Error, wanted: impl Fn(&E) -> bool) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if error.downcast_ref::<E>().is_some_and(&wanted) {
            return true;
        }
        cause = error.source();
    }
    false
}

#[tokio::test]
async fn connections_end_in_the_way_that_their_fault_says() {
    let world = World::start().await;
    let reset = |error: &std::io::Error| error.kind() == std::io::ErrorKind::ConnectionReset;
    for fault in [Fault::ResetBeforeStoring, Fault::ResetAfterStoring] {
        let error = answer_under(&world, fault).await.expect_err("no answer");
        assert!(caused_by(&error, reset), "{fault:?}: {error:?}");
    }
    let error = answer_under(&world, Fault::HalfClose).await.expect_err("no answer");
    assert!(caused_by(&error, hyper::Error::is_incomplete_message), "{error:?}");
}

#[tokio::test]
async fn an_answer_is_doubled_or_cut_in_its_text_alone() {
    let world = World::start().await;
    let whole = world.send(&Draft::of("client-document").finish(&world.identities)).await;
    let answer = answer_under(&world, Fault::DuplicatedAnswer).await.expect("answer");
    assert_eq!(answer.text().await.expect("text"), whole.repeat(2));
    let answer = answer_under(&world, Fault::MalformedAnswer).await.expect("answer");
    let text = answer.text().await.expect("text");
    assert!(roxmltree::Document::parse(&text).is_err() && text.ends_with("</soap:Body>"), "{text}");
}

#[tokio::test]
async fn slow_answers_are_slow_and_whole_and_a_stop_does_not_wait_for_callers() {
    let world = World::start().await;
    for (fault, least) in [(Fault::DelayedAnswer, 1100), (Fault::DribbledAnswer, 250)] {
        let begun = std::time::Instant::now();
        let answer = answer_under(&world, fault).await.expect("answer");
        assert!(answer.text().await.expect("text").ends_with("</soap:Envelope>"));
        assert!(begun.elapsed().as_millis() >= least, "{fault:?}");
    }
    let seconds = answer_under(&world, Fault::TooManyRequests).await.expect("answer").headers()["retry-after"].clone();
    assert_eq!(seconds, "1");
    // The caller of a half-closed connection stays; the endpoint goes all the same.
    let _ = answer_under(&world, Fault::HalfClose).await;
    world.kanta.stop().await;
}

/// A caller that takes any server for Kanta.
fn credulous(world: &World) -> reqwest::Client {
    let identity = world.identities.client.certificate.clone() + &world.identities.client.key;
    let identity = reqwest::Identity::from_pem(identity.as_bytes()).expect("identity");
    let client = reqwest::Client::builder().tls_danger_accept_invalid_certs(true).identity(identity);
    client.pool_max_idle_per_host(0).no_proxy().build().expect("client")
}

#[tokio::test]
async fn a_false_certificate_is_shown_once_and_whoever_takes_it_gets_nothing() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let world = World::start().await;
    let message = Draft::of("client-document").finish(&world.identities);
    let faults = [Fault::ExpiredCertificate, Fault::ForeignCertificate, Fault::WrongNameCertificate];
    for fault in faults {
        assert!(world.kanta.can_play(fault));
        let before = world.exchanges().len() as u64;
        assert!(answer_under(&world, fault).await.expect_err("distrust").is_connect(), "{fault:?}");
        world.kanta.written().wait_for(|last| *last > before).await.expect("running");
        let refused = world.last();
        assert_eq!((refused.service.id(), refused.fault), ("handshake", Some(fault)));
        assert_eq!(refused.refused_for, ["the client does not trust the endpoint's certificate"], "{fault:?}");
        world.kanta.play(FaultPlan { person: PERSON.to_owned(), operation: Operation::Store, fault, times: 1 });
        let post = credulous(&world).post(world.kanta.archive_url()).body(message.clone());
        assert!(!post.send().await.expect_err("no answer").is_connect(), "{fault:?}");
        let taken = world.last();
        assert_eq!((taken.operation, taken.fault), (Operation::Store, Some(fault)));
        assert!(!taken.accepted && taken.answer.is_none() && world.stored() == 0);
    }
    assert!(world.send(&message).await.contains("<typeCode code=\"AA\"/>"));
}

#[tokio::test]
async fn a_false_certificate_is_shown_to_callers_that_hold_a_connection_too() {
    let world = World::start().await;
    let client = keeping(&world);
    let (first, second) = (Draft::of("client-document"), Draft::of("client-document").numbered(2));
    let post = |draft: &Draft| client.post(world.kanta.archive_url()).body(draft.finish(&world.identities)).send();
    assert_eq!(post(&first).await.expect("answer").status(), 200);
    let fault = Fault::ForeignCertificate;
    world.kanta.play(FaultPlan { person: PERSON.to_owned(), operation: Operation::Store, fault, times: 100 });
    assert!(post(&second).await.is_err());
    assert_eq!(world.stored(), 1);
}

/// A caller that keeps its connections.
fn keeping(world: &World) -> reqwest::Client {
    let pem = |text: &str| reqwest::Certificate::from_pem(text.as_bytes()).expect("certificate");
    let identity = world.identities.client.certificate.clone() + &world.identities.client.key;
    let identity = reqwest::Identity::from_pem(identity.as_bytes()).expect("identity");
    let client = reqwest::Client::builder().tls_certs_only([pem(&world.identities.authority)]).identity(identity);
    client.no_proxy().build().expect("client")
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

#[test]
fn each_fault_is_documented_and_known_to_editors() {
    let file = |path: &str| std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).expect("file");
    let (page, schema) = (file("docs/scenarios.md"), file("schemas/scenario.schema.json"));
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let known = &schema["properties"]["step"]["items"]["properties"]["fault"]["properties"]["kanta"]["enum"];
    let names: Vec<&str> = Fault::ALL.iter().map(|fault| fault.name()).collect();
    assert_eq!(known, &serde_json::json!(names));
    for fault in Fault::ALL {
        let row = format!("| `{}` | {} |\n", fault.name(), fault.describe());
        assert!(page.contains(&row), "docs/scenarios.md lacks {row}");
    }
}
