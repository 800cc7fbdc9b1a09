//! The document validation service, asked as a vendor's script asks Kela's.

use kantakoe::domain::Hetu;
use kantakoe::evidence::Body;
use serde_json::{Value, json};

use super::messages::Draft;
use super::world::World;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
const SHORT: &str = "/shark-validointi/validoi/asiakirja/tulos";
const WHOLE: &str = "/validation";

/// The request of a script for this message.
fn request(world: &World, draft: &Draft) -> Value {
    let (frame, document) = draft.pair(&world.identities);
    json!({
        "messageId": "0b8f7a52-6f0e-4f2e-9f0f-0c2b8c1d2e3f", "palveluPyynto": "SP17", "level": "1",
        "siirtokehysXml": frame, "asiakirjaXml": document,
    })
}

async fn asked(world: &World, path: &str, body: String) -> (u16, String) {
    let address = world.kanta.archive_url().replace("/archive", path);
    let answer = world.client.post(address).header("content-type", "application/json").body(body).send().await;
    let answer = answer.expect("answer");
    (answer.status().as_u16(), answer.text().await.expect("text"))
}

async fn described(world: &World, body: String) -> (u16, String) {
    let (status, text) = asked(world, SHORT, body).await;
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    (status, answer["description"].as_str().expect("description").to_owned())
}

#[tokio::test]
async fn a_good_pair_gets_200_without_a_body_and_is_not_stored() {
    let world = World::start().await;
    let good = request(&world, &Draft::of("client-document")).to_string();
    assert_eq!(asked(&world, SHORT, good.clone()).await, (200, String::new()));
    let exchange = world.last();
    assert_eq!((exchange.service.id(), exchange.accepted), ("validation", true));
    assert_eq!(exchange.request.body.bytes(), good.as_bytes());
    assert_eq!(world.stored(), 0);
}

#[tokio::test]
async fn each_failure_is_numbered_and_ends_with_a_semicolon() {
    let world = World::start().await;
    let draft = Draft::of("client-document").with("010181-900C", "010181-900D");
    let (status, description) = described(&world, request(&world, &draft).to_string()).await;
    assert_eq!(status, 400);
    let entries: Vec<&str> = description.split_terminator(';').collect();
    let places = ["/RCMR_IN200002FI01/", "/ClinicalDocument/", "/merkinta_", "/div/p"];
    assert_eq!(entries.len(), places.len(), "{description}");
    for (index, (entry, place)) in entries.iter().zip(places).enumerate() {
        assert!(entry.starts_with(&format!("{}: [identity-code-wrong] ", index + 1)), "{description}");
        assert!(entry.contains(&format!("({place}")), "{description}");
    }
    assert_eq!(world.last().refused_for, ["identity-code-wrong"]);
}

#[tokio::test]
async fn what_cannot_be_judged_is_said() {
    let world = World::start().await;
    let good = request(&world, &Draft::of("client-document"));
    let with = |name: &str, value: Value| {
        let mut request = good.clone();
        request[name] = value;
        request.to_string()
    };
    let cases = [
        ("{".to_owned(), "1: the request is no JSON"),
        ("[]".to_owned(), "1: the request lacks what it must have"),
        (with("asiakirjaXml", 7.into()), "1: the request lacks what it must have"),
        (with("palveluPyynto", "SP1".into()), "1: palveluPyynto SP1 ei ole siirtokehyksen palvelupyyntö SP17;"),
        (with("siirtokehysXml", format!("{DECLARATION}<a>").into()), "1: [message-unreadable]"),
        (with("asiakirjaXml", format!("{DECLARATION}<a/>").into()), "1: [package-unreadable]"),
    ];
    for (body, expected) in cases {
        let (status, description) = described(&world, body.clone()).await;
        assert_eq!(status, 400, "{body}");
        assert!(description.starts_with(expected), "{expected}: {description}");
        assert!(!world.last().accepted);
    }
    let address = world.kanta.archive_url().replace("/archive", SHORT);
    assert_eq!(world.client.get(address).send().await.expect("answer").status().as_u16(), 405);
}

#[tokio::test]
async fn xml_without_a_declaration_gets_the_page_of_the_firewall() {
    let world = World::start().await;
    let without = |name: &str| {
        let mut request = request(&world, &Draft::of("client-document"));
        request[name] = request[name].as_str().expect("text").replace(DECLARATION, "").into();
        request.to_string()
    };
    let (status, page) = asked(&world, SHORT, without("asiakirjaXml")).await;
    let number = world.last().number;
    assert_eq!(status, 403);
    assert!(page.contains("Request Rejected") && page.contains(&format!("support ID is: {number}<")), "{page}");
    let (status, text) = asked(&world, WHOLE, without("asiakirjaXml")).await;
    assert_eq!((status, text.contains("asiakirjaXml does not begin")), (400, true), "{text}");
    assert_eq!(asked(&world, SHORT, without("siirtokehysXml")).await, (200, String::new()), "a frame needs none");
}

#[tokio::test]
async fn a_foreign_identity_code_is_refused_and_kept_nowhere() {
    let world = World::start().await;
    let foreign = Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("compose");
    let draft = Draft::of("client-document").with("010181-900C", foreign.as_str());
    for path in [SHORT, WHOLE] {
        let (status, text) = asked(&world, path, request(&world, &draft).to_string()).await;
        assert_eq!(status, 400);
        assert!(text.contains("outside the 900 series") && !text.contains(foreign.as_str()), "{text}");
        assert!(matches!(world.last().request.body, Body::Withheld { .. }));
        assert_eq!(world.last().refused_for, ["identity-code-foreign"]);
    }
    let journal = String::from_utf8_lossy(&world.journal_bytes()).into_owned();
    assert!(!journal.contains(foreign.as_str()));
}

#[tokio::test]
async fn the_whole_answer_tells_stage_requirement_test_and_place() {
    let world = World::start().await;
    let good = request(&world, &Draft::of("client-document")).to_string();
    let (status, text) = asked(&world, WHOLE, good).await;
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let counts = |report: &Value| ["failures", "warnings", "notes"].map(|name| report[name].as_u64().expect("count"));
    assert_eq!((status, &report["passed"], counts(&report)), (200, &json!(true), [0, 0, 0]), "{report}");
    let stages: Vec<_> = report["stages"].as_array().expect("stages").iter().map(|stage| &stage["stage"]).collect();
    assert_eq!(stages, ["syntax", "schema", "rules", "sequence"]);

    let draft = Draft::of("client-document").with("\"paivamaara\":", "\"paivamaara_\":");
    let (_, text) = asked(&world, WHOLE, request(&world, &draft).to_string()).await;
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let passed: Vec<_> = report["stages"].as_array().expect("stages").iter().map(|stage| &stage["passed"]).collect();
    assert_eq!(
        (&report["passed"], passed.as_slice()),
        (&json!(false), [true, false, true, true].map(Value::from).each_ref().as_slice())
    );
    let finding = &report["stages"][1]["findings"][0];
    assert_eq!((&finding["code"], &finding["severity"]), (&json!("json-invalid"), &json!("fail")), "{finding}");
    assert_eq!(finding["requirement"]["evidence"], "published", "{finding}");
    assert!(
        finding["requirement"]["text"]["sv"].is_string()
            && finding["test"].as_str().is_some_and(|test| !test.is_empty())
    );
    assert_eq!(finding["place"]["part"], "json");
    assert!(finding["place"]["position"]["line"].is_u64(), "{finding}");
}
