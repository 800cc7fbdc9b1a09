//! Declarations of intent over the wire: what Kanta takes, and what it has against the rest.

use serde_json::{Value, json};

use super::messages::{Draft, STEM};
use super::notices::{post, token};
use super::world::{ORGANISATION, OTHER, PERSON, World};
use crate::disclosure_model::{information, permit, prohibition};
use kantakoe::domain::{DeclarationTarget, Operation};

const ROLES: &str = "http://gen.kanta.fi/figen-cs-provenancerolecategory";

/// A pair about the client of the fixtures; `number` tells it apart.
pub fn pair(number: u32, category: &str, status: &str) -> [Value; 2] {
    let id = format!("urn:oid:1.2.246.10.99999991.95.2026.8.{number}");
    let provision = if category == "prohibition" { json!({"type": "deny"}) } else { json!({"type": "permit"}) };
    let role = |code: &str| json!({"role": [{"coding": [{"system": ROLES, "code": code}]}], "who": {"display": "x"}});
    let consent = json!({
        "resourceType": "Consent",
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": id}],
        "status": status,
        "category": [{"coding": [{"system": "https://kantakoe.invalid/cs/declaration", "code": category}]}],
        "patient": {"identifier": {"system": "urn:oid:1.2.246.21", "value": PERSON}},
        "provision": provision,
    });
    let provenance = json!({
        "resourceType": "Provenance",
        "target": [{"reference": id}],
        "recorded": "2026-11-20T10:00:00+02:00",
        "agent": [role("2"), role("7")],
    });
    [
        json!({"fullUrl": id, "resource": consent, "request": {"method": "POST", "url": "Consent"}}),
        json!({"fullUrl": format!("{id}.1"), "resource": provenance, "request": {"method": "POST", "url": "Provenance"}}),
    ]
}

pub fn bundle(pairs: impl IntoIterator<Item = [Value; 2]>) -> Value {
    let entries: Vec<Value> = pairs.into_iter().flatten().collect();
    json!({"resourceType": "Bundle", "type": "transaction", "entry": entries})
}

/// Posts it as a request of its own.
async fn send(world: &World, bundle: &Value) -> (u16, Value) {
    let request = format!("6d9f3c1c-0a4e-4a58-9f2a-{:012}", world.exchanges().len());
    let answer = post(world, &request, &token(world), &bundle.to_string()).await.expect("answer");
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.expect("text")).unwrap_or(Value::Null))
}

/// How many documents a search for the other controller's finds.
async fn found(world: &World) -> String {
    let custodian = format!("</patientId><custodianId><value root=\"{OTHER}\"/></custodianId>");
    let number = 100 + u32::try_from(world.exchanges().len()).expect("number");
    let query = Draft::of("search").with("</patientId>", &custodian).numbered(number);
    let answer = world.send(&query.finish(&world.identities)).await;
    let total = answer.split_once("<resultTotalQuantity value=\"").expect("total").1;
    total.split('"').next().expect("number").to_owned()
}

async fn connected() -> World {
    let world = World::start().await;
    world.send(&Draft::of("client-relationship").finish(&world.identities)).await;
    world.plant(601, OTHER, false);
    world.plant(602, OTHER, false);
    world
}

#[tokio::test]
async fn information_and_permit_open_and_a_prohibition_or_withdrawal_closes() {
    let world = connected().await;
    assert_eq!(found(&world).await, "0");
    let (status, answer) = send(&world, &bundle([pair(1, "information", "active")])).await;
    assert_eq!((status, &answer["type"]), (200, &json!("transaction-response")), "{answer}");
    let exchange = world.last();
    assert_eq!((exchange.operation, exchange.accepted), (Operation::StoreDeclaration, true));
    assert_eq!(exchange.persons, [PERSON]);
    assert_eq!(found(&world).await, "0");
    send(&world, &bundle([pair(2, "permit-social-to-social", "active")])).await;
    assert_eq!(found(&world).await, "2");
    let mut prohibition = bundle([pair(3, "prohibition", "active")]);
    let target = json!({"data": [{"meaning": "instance", "reference": {"identifier": {"value": format!("urn:oid:{STEM}601")}}}]});
    prohibition["entry"][0]["resource"]["provision"]["provision"] = json!([target]);
    assert_eq!(send(&world, &prohibition).await.0, 200);
    assert_eq!(found(&world).await, "1");
    prohibition["entry"][0]["resource"]["status"] = json!("inactive");
    assert_eq!(send(&world, &prohibition).await.0, 200);
    assert_eq!(found(&world).await, "2");
    send(&world, &bundle([pair(2, "permit-social-to-social", "inactive")])).await;
    assert_eq!(found(&world).await, "0");
}

#[tokio::test]
async fn a_late_message_brings_no_withdrawn_permit_back() {
    let world = connected().await;
    send(&world, &bundle([pair(1, "information", "active"), pair(2, "permit-social-to-social", "active")])).await;
    assert_eq!(found(&world).await, "2");
    send(&world, &bundle([pair(2, "permit-social-to-social", "inactive")])).await;
    let (status, outcome) = send(&world, &bundle([pair(2, "permit-social-to-social", "active")])).await;
    assert_eq!(status, 409, "{outcome}");
    assert_eq!(world.last().refused_for, ["declaration-conflict"]);
    assert_eq!(found(&world).await, "0");
}

#[tokio::test]
async fn what_is_wrong_is_told_with_its_place_and_nothing_of_it_is_kept() {
    let information = || pair(1, "information", "active");
    let across = |number: u32, category: &str| pair(number, category, "active");
    let edited = |pair: [Value; 2], pointer: &str, value: Value| {
        let mut bundle = bundle([information(), pair]);
        *bundle.pointer_mut(pointer).expect("pointer") = value;
        bundle
    };
    let agents = |codes: &[&str]| {
        codes.iter().map(|code| json!({"role": [{"coding": [{"system": ROLES, "code": code}]}]})).collect::<Value>()
    };
    let social = || across(2, "permit-social-to-social");
    let health = || across(2, "permit-social-to-health");
    let of_agents = "/entry/3/resource/agent";
    let agent = "Bundle.entry[3].resource.agent";
    let cases = [
        (bundle([social()]), "permit-before-information", "Bundle.entry[0].resource"),
        (edited(health(), of_agents, agents(&["2"])), "declaration-service-unit-missing", agent),
        (edited(health(), of_agents, agents(&["2", "7", "12"])), "declaration-maker-wrong", agent),
        (edited(health(), of_agents, agents(&["5", "7"])), "declaration-maker-wrong", agent),
        (edited(health(), of_agents, agents(&[])), "declaration-maker-wrong", agent),
        (
            bundle([health(), across(3, "permit-social-to-health")]),
            "declaration-direction-twice",
            "Bundle.entry[2].resource.category[0].coding[0].code",
        ),
        (edited(social(), "/type", json!("batch")), "declaration-malformed", "Bundle.type"),
        (
            edited(social(), "/entry/2/resource/status", json!("draft")),
            "declaration-malformed",
            "Bundle.entry[2].resource",
        ),
        (edited(social(), "/entry/3/resource/target", json!([])), "declaration-malformed", "Bundle.entry[2].resource"),
        (
            edited(social(), "/entry/2/resource/category/0/coding/0/code", json!("permission")),
            "declaration-malformed",
            "Bundle.entry[2].resource.category[0].coding[0]",
        ),
        (
            edited(social(), "/entry/2/resource/provision/type", json!("deny")),
            "declaration-malformed",
            "Bundle.entry[2].resource.provision.type",
        ),
        (
            edited(social(), "/entry/2/resource/patient/identifier/value", json!("150675-901X")),
            "declaration-malformed",
            "Bundle.entry",
        ),
        (
            bundle([pair(4, "prohibition", "active"), information()]),
            "declaration-malformed",
            "Bundle.entry[0].resource",
        ),
        (
            bundle([information(), social(), across(5, "permit-health-to-health")]),
            "declaration-malformed",
            "Bundle.entry",
        ),
    ];
    let world = World::strict().await;
    for (bundle, code, place) in cases {
        let (status, outcome) = send(&world, &bundle).await;
        let told = |issue: &Value| {
            issue["diagnostics"].as_str().is_some_and(|text| text.starts_with(&format!("[{code}]")))
                && issue["expression"] == json!([place])
        };
        let issues = outcome["issue"].as_array().cloned().unwrap_or_default();
        assert!(status == 422 && issues.iter().any(told), "{code} at {place}: {status} {outcome}");
        let held = world.kanta.snapshot(&[PERSON.to_owned()], "test").expect("snapshot").declarations;
        assert!(held.is_empty(), "{code}: {held:?}");
    }
}

#[tokio::test]
async fn permits_both_ways_are_taken_and_open_nothing_within_social_welfare() {
    let world = connected().await;
    let both = [pair(2, "permit-social-to-health", "active"), pair(3, "permit-health-to-social", "active")];
    send(&world, &bundle([pair(1, "information", "active")])).await;
    let (status, answer) = send(&world, &bundle(both)).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["entry"].as_array().map(Vec::len), Some(4));
    assert_eq!(found(&world).await, "0");
}

#[tokio::test]
async fn a_consent_that_says_too_little_is_refused_however_its_rule_counts() {
    let world = World::start().await;
    let (status, outcome) = send(&world, &bundle([pair(1, "prohibition", "active")])).await;
    assert!(status == 422 && outcome["issue"][0]["severity"] == "error", "{status} {outcome}");
    assert_eq!(world.last().refused_for, ["declaration-malformed"]);
}

#[tokio::test]
async fn without_a_token_nothing_is_declared() {
    let world = World::strict().await;
    let body = bundle([pair(1, "information", "active")]).to_string();
    let answer = post(&world, "6d9f3c1c-0a4e-4a58-9f2a-5b1f3f7f9c01", "x.y.z", &body).await.expect("answer");
    assert_eq!(answer.status(), 401);
    assert!(answer.text().await.expect("text").is_empty());
    let held = world.kanta.snapshot(&[PERSON.to_owned()], "test").expect("snapshot").declarations;
    assert!(held.is_empty() && !world.last().accepted);
}

#[tokio::test]
async fn no_connection_is_refused_whatever_is_there() {
    let world = World::start().await;
    let custodian = format!("</patientId><custodianId><value root=\"{OTHER}\"/></custodianId>");
    let query = |number: u32| Draft::of("search").with("</patientId>", &custodian).numbered(number);
    let empty = world.send(&query(1).finish(&world.identities)).await;
    world.plant(601, OTHER, false);
    let full = world.send(&query(2).finish(&world.identities)).await;
    assert!(empty.contains("5Y00009") && empty.contains("[access-right]"), "{empty}");
    let told = |answer: &str| {
        answer
            .split_once("<acknowledgementDetail")
            .expect("detail")
            .1
            .split("<queryByParameter")
            .next()
            .map(str::to_owned)
    };
    assert_eq!(told(&empty), told(&full));
    assert_eq!(world.last().refused_for, ["access-right"]);
    assert_eq!(ORGANISATION, world.last().caller.serial_number.expect("caller"));
}

#[tokio::test]
async fn documents_declare_as_consents_do_and_show_in_no_search() {
    let world = connected().await;
    let mut number = 400;
    let mut finish = |draft: Draft| {
        number += 1;
        draft.numbered(number).finish(&world.identities)
    };
    let refused = world.send(&finish(Draft::declaration("8", &permit(true)).version(30_000, 1))).await;
    assert!(refused.contains("[permit-before-information]"), "{refused}");
    let steps = [
        (Draft::declaration("kanta-information", &information()).version(30_010, 1), "0"),
        (Draft::declaration("8", &permit(true)).version(30_020, 1), "2"),
        (
            Draft::declaration("9", &prohibition(&DeclarationTarget::Document(format!("{STEM}601"))))
                .version(30_030, 1),
            "1",
        ),
        (
            Draft::declaration("9", &prohibition(&DeclarationTarget::Document(format!("{STEM}601"))))
                .version(30_030, 2)
                .with("\"COMPLETED\"", "\"NULLIFIED\""),
            "2",
        ),
        (Draft::declaration("8", &permit(false)).version(30_020, 2), "0"),
        (Draft::declaration("8", &permit(true)).version(30_020, 3), "2"),
    ];
    for (draft, expected) in steps {
        let answer = world.send(&finish(draft)).await;
        assert!(answer.contains("<typeCode code=\"AA\"/>"), "{answer}");
        assert_eq!(found(&world).await, expected);
    }
    let own = world.send(&finish(Draft::of("search"))).await;
    assert!(own.contains("<resultTotalQuantity value=\"1\"/>"), "only the relationship: {own}");
    let asked = "</patientId><clinicalDocumentGroup><value code=\"8\"/></clinicalDocumentGroup>";
    let permits = world.send(&finish(Draft::of("search").with("</patientId>", asked))).await;
    assert!(permits.contains("<resultTotalQuantity value=\"1\"/>"), "{permits}");
    let unclear = Draft::declaration("9", &prohibition(&DeclarationTarget::Document(String::new()))).version(30_040, 1);
    let unclear = world.send(&finish(unclear)).await;
    assert!(unclear.contains("[declaration-unclear]") && unclear.contains("<typeCode code=\"AE\"/>"), "{unclear}");
}

#[tokio::test]
async fn another_organisation_learns_nothing_of_a_declaration_that_it_would_change() {
    let world = World::start().await;
    let declaration = || Draft::declaration("kanta-information", &information());
    world.send(&declaration().version(701, 1).numbered(1).finish(&world.identities)).await;
    assert!(world.last().accepted, "{:?}", world.last().refused_for);
    let mut answers = Vec::new();
    for (number, set) in [(2, 701), (3, 801)] {
        let change = declaration()
            .version(set, 2)
            .with(ORGANISATION, OTHER)
            .with(PERSON, "150675-901X")
            .with("<birthTime value=\"19810101\"/>", "<birthTime value=\"19750615\"/>")
            .numbered(number);
        let answer = world.send(&change.finish(&world.identities)).await;
        let details = answer.split_once("<acknowledgementDetail").expect("details").1;
        answers.push((details.replace(&format!("{STEM}{}", set / 100), "…"), world.last().refused_for));
    }
    assert_eq!(answers[0], answers[1]);
}
