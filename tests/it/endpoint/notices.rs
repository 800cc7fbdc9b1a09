//! Disclosure notices at the FHIR root.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use kantakoe::domain::{Fault, FindingCode, Operation};
use kantakoe::kanta::FaultPlan;
use kantakoe::pki::Identity;
use kantakoe::wire::json::canonical_without;
use ring::rand::SystemRandom;
use ring::signature::RSA_PKCS1_SHA256;
use serde_json::{Value, json};

use super::messages::key;
use super::world::{ORGANISATION, PERSON, World};

pub const REQUEST: &str = "6d9f3c1c-0a4e-4a58-9f2a-5b1f3f7f9c01";

/// A compact JWS of `payload`.
fn signed(identity: &Identity, payload: &[u8]) -> String {
    let certificate = STANDARD.encode(identity.certificate_der().expect("certificate"));
    let header = json!({"alg": "RS256", "x5c": [certificate]}).to_string();
    let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let key = key(identity);
    let mut signature = vec![0; key.public().modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), input.as_bytes(), &mut signature).expect("sign");
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

pub fn token(world: &World) -> String {
    token_of(world, ORGANISATION)
}

/// A token that speaks for `subscriber`.
pub fn token_of(world: &World, subscriber: &str) -> String {
    let now = jiff::Timestamp::now().as_second();
    let organisation = |id: &str| json!({"id": id, "name": "Näytealue"});
    let claims = json!({
        "iss": format!("urn:oid:{ORGANISATION}"),
        "sub": "99900000011",
        "aud": world.kanta.fhir_url(),
        "iat": now,
        "exp": now + 300,
        "jti": "5f0b9c2e-6a0e-4f3e-9a57-0d6c3f3b1a10",
        "kanta": {
            "system": {"id": "1.2.246.10.99999991.24.1", "name": "Fixture", "version": "1"},
            "user": {"id": "99900000011", "name": "Testinen Tessa", "authenticationMethod": {"code": "card"}},
            "serviceSubscriber": organisation(subscriber),
            "serviceRequester": organisation(ORGANISATION),
            "purpose": "store-disclosure-notice",
        },
    });
    signed(&world.identities.system, claims.to_string().as_bytes())
}

/// The Bundle of the fixture with `find` replaced, signed.
pub fn bundle(world: &World, find: &str, replace: &str) -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/notice/bundle.json");
    let text = std::fs::read_to_string(path).expect("fixture").replace(find, replace);
    sign(world, serde_json::from_str(&text).expect("JSON"))
}

/// `bundle`, signed.
pub fn sign(world: &World, mut bundle: Value) -> String {
    let content = canonical_without(bundle.as_object().expect("object"), "signature").expect("canonical");
    let jws = signed(&world.identities.system, &content);
    let parts: Vec<&str> = jws.split('.').collect();
    bundle["signature"] = json!({
        "type": [{"system": "urn:iso-astm:E1762-95:2013", "code": "1.2.840.10065.1.12.1.14"}],
        "when": "2026-11-20T09:17:31.000+02:00",
        "who": {"identifier": {"system": "urn:ietf:rfc:3986", "value": format!("urn:oid:{ORGANISATION}")}},
        "targetFormat": "application/fhir+json",
        "sigFormat": "application/jose",
        "data": STANDARD.encode(format!("{}..{}", parts[0], parts[2])),
    });
    bundle.to_string()
}

pub async fn post(world: &World, request: &str, token: &str, body: &str) -> reqwest::Result<reqwest::Response> {
    let post = world.client.post(world.kanta.fhir_url()).header("content-type", "application/fhir+json");
    let post = post.header("authorization", format!("Bearer {token}")).header("x-request-id", request);
    post.body(body.to_owned()).send().await
}

async fn send(world: &World, request: &str, body: &str) -> (u16, Value) {
    let answer = post(world, request, &token(world), body).await.expect("answer");
    let status = answer.status().as_u16();
    let text = answer.text().await.expect("text");
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

fn notices(world: &World) -> Vec<String> {
    world.kanta.snapshot(&[PERSON.to_owned()], "test").expect("snapshot").notices
}

#[tokio::test]
async fn a_notice_is_stored_and_gets_its_permanent_identifier() {
    let world = World::start().await;
    let answer = post(&world, REQUEST, &token(&world), &bundle(&world, "", "")).await.expect("answer");
    assert_eq!(answer.headers()["x-correlation-id"], REQUEST);
    assert!(answer.headers().contains_key("x-request-id"));
    let status = answer.status();
    let body: Value = answer.json().await.expect("JSON");
    assert_eq!(status, 200, "{body}");
    assert_eq!(body["type"], "transaction-response");
    assert_eq!(body["entry"][0]["response"]["location"], "AuditEvent/1.2.246.556.99999.1.2.1");
    assert_eq!(notices(&world), ["1.2.246.10.99999991.10.0.95.2026.1.1"]);
    let exchange = world.last();
    assert_eq!((exchange.operation, exchange.accepted), (Operation::StoreNotice, true));
    assert_eq!((exchange.persons, exchange.message_id.as_deref()), (vec![PERSON.to_owned()], Some(REQUEST)));
}

#[tokio::test]
async fn a_notice_sent_again_is_stored_once() {
    let world = World::start().await;
    let body = bundle(&world, "", "");
    let first = send(&world, REQUEST, &body).await;
    assert_eq!(send(&world, REQUEST, &body).await, first);
    let other = "6d9f3c1c-0a4e-4a58-9f2a-5b1f3f7f9c02";
    assert_eq!(send(&world, other, &body).await, first, "the notice counts, not the request");
    assert!(world.last().repeated);
    assert_eq!(notices(&world).len(), 1);
}

#[tokio::test]
async fn another_notice_under_the_same_identifier_is_refused() {
    let world = World::start().await;
    send(&world, REQUEST, &bundle(&world, "", "")).await;
    let other = bundle(&world, "two pages", "three pages");
    let (status, outcome) = send(&world, "6d9f3c1c-0a4e-4a58-9f2a-5b1f3f7f9c02", &other).await;
    assert_eq!((status, &outcome["resourceType"]), (409, &json!("OperationOutcome")), "{outcome}");
    assert!(world.last().refused_for.contains(&FindingCode::NoticeIdReused.into()));
}

#[tokio::test]
async fn what_is_wrong_with_a_request_shows_in_its_status() {
    let world = World::start().await;
    let (body, good) = (bundle(&world, "", ""), token(&world));
    let url = world.kanta.fhir_url();
    let refused = post(&world, REQUEST, "a.b.c", &body).await.expect("answer");
    assert_eq!((refused.status().as_u16(), refused.content_length()), (401, Some(0)));
    let unreadable = post(&world, REQUEST, &good, "{").await.expect("answer");
    assert_eq!((unreadable.status().as_u16(), unreadable.content_length()), (400, Some(0)));
    let plain = world.client.post(&url).bearer_auth(&good).header("content-type", "application/json").body(body);
    assert_eq!(plain.send().await.expect("answer").status(), 415);
    assert_eq!(world.client.put(&url).send().await.expect("answer").status(), 405);
    assert_eq!(world.client.get(format!("{url}/AuditEvent/1")).send().await.expect("answer").status(), 405);
    let large = post(&world, REQUEST, &good, &"a".repeat(10 * 1024 * 1024 + 1)).await.expect("answer");
    assert_eq!(large.status(), 413);
    let undescribed = bundle(&world, "\"description\": \"Paper attachment, two pages\"", "\"name\": \"x\"");
    let (status, outcome) = send(&world, "6d9f3c1c-0a4e-4a58-9f2a-5b1f3f7f9c02", &undescribed).await;
    assert_eq!(status, 422, "{outcome}");
    assert_eq!(outcome["issue"][0]["details"]["coding"][0]["code"], "4Y00007");
    assert!(notices(&world).is_empty());
}

#[tokio::test]
async fn the_root_says_what_it_can_do() {
    let world = World::start().await;
    let url = format!("{}/metadata", world.kanta.fhir_url());
    let statement: Value = world.client.get(url).send().await.expect("answer").json().await.expect("JSON");
    assert_eq!(statement["resourceType"], "CapabilityStatement");
}

#[tokio::test]
async fn faults_are_played_here_too() {
    let cases = [
        (Fault::ErrorAnswer, Some(422), 0),
        (Fault::RejectAnswer, Some(500), 0),
        (Fault::UnknownCodeAnswer, Some(500), 0),
        (Fault::SeveralIssues, Some(422), 0),
        (Fault::UnknownErrorCode, Some(422), 0),
        (Fault::ValidationIssue, Some(422), 0),
        (Fault::AccessRefused, Some(401), 0),
        (Fault::Unavailable, Some(503), 0),
        (Fault::Busy, Some(503), 0),
        (Fault::TooManyRequests, Some(429), 0),
        (Fault::CloseBeforeStoring, None, 0),
        (Fault::CloseAfterStoring, None, 1),
        (Fault::ResetBeforeStoring, None, 0),
        (Fault::ResetAfterStoring, None, 1),
        (Fault::HalfClose, None, 0),
        (Fault::AnswerToOtherMessage, Some(200), 0),
        (Fault::SoapFault, Some(500), 0),
        (Fault::GarbageAnswer, Some(200), 0),
        (Fault::MalformedAnswer, Some(200), 0),
        (Fault::TruncatedAnswer, Some(200), 1),
        (Fault::DuplicatedAnswer, Some(200), 1),
        (Fault::DelayedAnswer, Some(200), 1),
        (Fault::DribbledAnswer, Some(200), 1),
        (Fault::EmptyBadRequest, Some(400), 0),
        (Fault::EmptyUnauthorised, Some(401), 0),
        (Fault::SmallPages, Some(200), 1),
    ];
    let in_exchanges: Vec<Fault> = Fault::ALL.iter().copied().filter(|fault| !fault.shows_in_handshakes()).collect();
    assert_eq!(cases.map(|case| case.0).as_slice(), in_exchanges);
    for (fault, status, stored) in cases {
        let world = World::start().await;
        let body = bundle(&world, "", "");
        let plan = FaultPlan { person: PERSON.to_owned(), operation: Operation::StoreNotice, fault, times: 1 };
        world.kanta.play(plan);
        let answer = post(&world, REQUEST, &token(&world), &body).await.ok();
        assert_eq!(answer.map(|answer| answer.status().as_u16()), status, "{fault:?}");
        assert_eq!(notices(&world).len(), stored, "{fault:?}");
        let (status, outcome) = send(&world, REQUEST, &body).await;
        assert_eq!(status, 200, "{fault:?}: {outcome}");
        assert_eq!(notices(&world).len(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_foreign_identity_code_in_a_token_is_not_kept() {
    let world = World::start().await;
    let foreign = kantakoe::domain::Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("code");
    let claims = json!({"sub": foreign.as_str()}).to_string();
    let token = signed(&world.identities.system, claims.as_bytes());
    let answer = post(&world, REQUEST, &token, &bundle(&world, "", "")).await.expect("answer");
    assert_eq!(answer.status(), 422);
    assert_eq!(world.last().request.header("authorization"), None);
    assert_eq!(world.last().refused_for, ["identity-code-foreign"]);
}
