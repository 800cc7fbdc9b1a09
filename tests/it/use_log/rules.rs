//! What the rules about the use log find.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use jiff::Timestamp;
use kantakoe::domain::{ActionOutcome, Fault, Operation};
use kantakoe::evidence::{ActionRecord, Body, Caller, Exchange, RecordedMessage, ServiceTag};
use kantakoe::reading::read_use_log;
use kantakoe::rule::use_log::{UseLogCase, judge};
use kantakoe::rule::{Catalogue, Finding, Strictness};
use kantakoe::source::SourceFile;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::phrases::assert_told;
use crate::support::PROFILE;

const CLIENT: &str = "010181-900C";
const NOTICE: &str = "1.2.246.10.99999991.10.0.95.2026.1.1";
const STORE: &str = "1.2.246.10.99999991.10.0:1";
const SEARCH: &str = "1.2.246.10.99999991.10.0:2";
const REQUEST: &str = "6d9f3c1c-0a4e-4a58-9f2a-5b1f3f7f9c01";
const TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.e30.AQ";

pub static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let file = |name: &str| {
        let path = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
        SourceFile::new(name, fs::read_to_string(path).expect(name))
    };
    Catalogue::read(&file("catalogue/requirements.toml"), &file("catalogue/findings.toml")).expect("catalogue")
});

fn time(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_158_900 + second).expect("time")
}

fn exchange(number: u64, operation: Operation, id: &str, accepted: bool) -> Exchange {
    let fhir = operation == Operation::StoreNotice;
    let message = |start: &str, body: &str| RecordedMessage {
        start: start.into(),
        headers: vec![("authorization".to_owned(), format!("Bearer {TOKEN}"))],
        body: Body::Raw(body.as_bytes().to_vec()),
    };
    Exchange {
        number,
        service: ServiceTag::of_id(if fhir { "fhir" } else { "archive" }),
        lane: String::new(),
        received: time(0),
        answered: time(0),
        caller: Caller::default(),
        request: message("POST /", &format!("{{\"id\":\"{NOTICE}\"}}")),
        answer: Some(message(if accepted { "200" } else { "400" }, "{}")),
        operation,
        persons: vec![CLIENT.to_owned()],
        message_id: Some(id.to_owned()),
        accepted,
        repeated: false,
        handed_out: Vec::new(),
        refused_for: Vec::new(),
        fault: None,
    }
}

/// A document stored (at the second attempt), a refused search, and a notice.
pub fn exchanges() -> Vec<Exchange> {
    let lost = Exchange {
        answer: None,
        accepted: false,
        fault: Some(Fault::CloseBeforeStoring),
        ..exchange(1, Operation::Store, STORE, true)
    };
    vec![
        lost,
        Exchange { repeated: true, ..exchange(2, Operation::Store, STORE, true) },
        exchange(3, Operation::SearchDocuments, SEARCH, false),
        exchange(4, Operation::StoreNotice, REQUEST, true),
    ]
}

fn actions() -> Vec<ActionRecord> {
    let event = |key: &str, channel: &str| {
        json!({
            "key": key, "client": CLIENT, "channel": channel,
            "recipient": {"id": "1.2.246.10.99999992.10.0", "name": "Toinen näytealue"},
        })
    };
    vec![ActionRecord {
        scenario: "s".to_owned(),
        step: "disclose".to_owned(),
        action: "record-disclosures".to_owned(),
        key: String::new(),
        parameters: json!({"events": [event("a", "outside-archive"), event("b", "through-archive")]}),
        started: time(0),
        ended: time(1),
        outcome: ActionOutcome::Succeeded,
        result: Value::Null,
        message: String::new(),
    }]
}

fn entry(sequence: i64, kind: &str, action: &str, kanta: &Value, more: &Value) -> Value {
    let mut entry = json!({
        "eventId": format!("event-{sequence}"),
        "sequence": sequence,
        "kind": kind,
        "time": format!("2026-11-20T09:15:0{sequence}.000+02:00"),
        "client": {"system": "urn:oid:1.2.246.21", "value": CLIENT},
        "action": action,
        "user": {"system": "urn:oid:1.2.246.537.26", "value": "99900000011", "name": "Testinen Tessa"},
        "organisation": {"subscriber": "1.2.246.10.99999991.10.0"},
        "controller": {"id": "1.2.246.10.99999991.10.0"},
        "purpose": {"code": "1", "text": "Oma käyttö"},
        "objects": [{"documentId": "1.2.246.10.99999991.10.0.93.2026.501", "version": 1}],
        "kanta": kanta,
        "outcome": "success",
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        entry[name] = value.clone();
    }
    entry
}

/// The log of a system that did everything right.
pub fn log() -> Value {
    let recipient = json!({"id": "1.2.246.10.99999992.10.0", "name": "Toinen näytealue"});
    json!({"entries": [
        entry(1, "use", "create", &json!({"messageId": STORE, "httpStatus": 200}), &json!({})),
        entry(2, "search", "search", &json!({"messageId": SEARCH, "httpStatus": 400}),
            &json!({"criteria": {"client": CLIENT}, "outcome": "refused", "objects": []})),
        entry(3, "disclosure", "disclose", &json!({"requestId": REQUEST, "httpStatus": 200}),
            &json!({"disclosure": {"channel": "outside-archive", "recipient": recipient, "noticeId": NOTICE}})),
        entry(4, "disclosure", "disclose", &Value::Null,
            &json!({"disclosure": {"channel": "through-archive", "recipient": recipient}})),
    ]})
}

fn findings(log: &Value, exchanges: &[Exchange]) -> Vec<Finding> {
    let log = read_use_log(log);
    let exchanges: Vec<&Exchange> = exchanges.iter().collect();
    let actions = actions();
    let seen: BTreeSet<String> = [STORE, SEARCH, REQUEST].map(str::to_owned).into();
    let case = UseLogCase {
        log: &log,
        exchanges: &exchanges,
        actions: &actions.iter().collect::<Vec<_>>(),
        seen: &seen,
        persons: &[CLIENT.to_owned()],
        forbidden: &["Merkki-7".to_owned()],
        profile: &PROFILE,
    };
    judge(&case, &CATALOGUE, Strictness::Fail)
}

fn judged(log: &Value, exchanges: &[Exchange]) -> Vec<(String, String)> {
    pairs(findings(log, exchanges))
}

/// Code and path of each finding.
fn pairs(findings: Vec<Finding>) -> Vec<(String, String)> {
    findings.into_iter().map(|finding| (finding.code.to_string(), finding.place.expect("place").path)).collect()
}

/// Checks that the log with `value` at `pointer`, or without what stands there, gives these findings.
fn check(pointer: &str, value: Option<Value>, expected: &[(&str, &str)]) {
    let mut changed = log();
    let (parent, name) = pointer.rsplit_once('/').expect("no root");
    match (changed.pointer_mut(parent).expect(pointer), value) {
        (Value::Array(list), Some(value)) if name == "-" => list.push(value),
        (Value::Array(list), None) => drop(list.remove(name.parse().expect("number"))),
        (Value::Object(object), None) => drop(object.shift_remove(name).expect(pointer)),
        (parent, Some(value)) => parent[name] = value,
        (parent, None) => panic!("{parent}"),
    }
    let findings = findings(&changed, &exchanges());
    assert_told(&findings);
    let told = pairs(findings);
    let told: Vec<(&str, &str)> = told.iter().map(|(code, path)| (code.as_str(), path.as_str())).collect();
    assert_eq!(told, expected, "{pointer}");
}

#[test]
fn a_right_log_has_nothing_wrong() {
    assert_eq!(judged(&log(), &exchanges()), []);
    assert_eq!(judged(&log()["entries"], &exchanges()), []);
}

#[test]
fn log_and_traffic_agree() {
    check("/entries/0", None, &[("log-entry-missing", "")]);
    check("/entries/3", None, &[("log-entry-missing", "")]);
    check("/entries/-", Some(log()["entries"][1].clone()), &[("log-entry-doubled", "/entries/4")]);
    check(
        "/entries/1/kanta/messageId",
        Some(json!("1.2.246.10.99999991.10.0:3")),
        &[("log-request-unknown", "/entries/1/kanta"), ("log-entry-missing", "")],
    );
    check("/entries/1/outcome", Some(json!("success")), &[("log-outcome-wrong", "/entries/1/outcome")]);
    check("/entries/0/outcome", Some(json!("failure")), &[("log-outcome-wrong", "/entries/0/outcome")]);
    check("/entries/0/outcome", None, &[("log-outcome-wrong", "/entries/0/outcome")]);
    check("/entries/0/kanta/httpStatus", Some(json!(503)), &[("log-outcome-wrong", "/entries/0/kanta/httpStatus")]);
}

#[test]
fn entries_tell_who_what_and_why() {
    const ACTOR: &str = "log-actor-missing";
    const OBJECT: &str = "log-object-missing";
    check("/entries/0/user", None, &[(ACTOR, "/entries/0/user/value"), (ACTOR, "/entries/0/user/name")]);
    check("/entries/0/organisation", Some(json!({})), &[(ACTOR, "/entries/0/organisation/subscriber")]);
    check("/entries/0/purpose", Some(Value::Null), &[("log-purpose-missing", "/entries/0/purpose")]);
    check("/entries/0/client", Some(Value::Null), &[(OBJECT, "/entries/0/client/value")]);
    check("/entries/0/controller", None, &[(OBJECT, "/entries/0/controller/id")]);
    check("/entries/0/action", None, &[(OBJECT, "/entries/0/action")]);
    check("/entries/0/objects", Some(json!([])), &[(OBJECT, "/entries/0/objects")]);
    check("/entries/0/objects/-", Some(json!({"version": 1})), &[(OBJECT, "/entries/0/objects/1")]);
    check("/entries/1/criteria", None, &[(OBJECT, "/entries/1/criteria")]);
}

#[test]
fn disclosures_name_recipient_and_notice() {
    let recipient = "/entries/2/disclosure/recipient";
    check(recipient, None, &[("log-recipient-missing", recipient)]);
    check(recipient, Some(json!({"client": true})), &[("log-entry-missing", "")]);
    let notice = "/entries/2/disclosure/noticeId";
    check(notice, None, &[("log-notice-missing", notice)]);
    check(notice, Some(json!("1.2.3")), &[("log-notice-missing", notice)]);
}

#[test]
fn nothing_secret_stands_in_it() {
    let foreign = kantakoe::domain::Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("code");
    check(
        "/entries/0/purpose/text",
        Some(json!(format!("Bearer {TOKEN}"))),
        &[("log-holds-token", "/entries/0/purpose/text")],
    );
    check("/entries/0/note", Some(json!("x Merkki-7 y")), &[("log-holds-document-text", "/entries/0/note")]);
    check("/entries/0/note", Some(json!(foreign.as_str())), &[("identity-code-foreign", "/entries/0/note")]);
}

#[test]
fn an_entry_names_no_other_person() {
    let other = kantakoe::domain::Hetu::compose(jiff::civil::date(1981, 1, 2), 901).expect("code");
    let text = format!("asiakas {}", other.as_str());
    check("/entries/0/purpose/text", Some(json!(text)), &[("log-other-person", "/entries/0/purpose/text")]);
    check("/entries/2/disclosure/recipient/name", Some(json!(text)), &[]);
    check("/entries/0/user/title", Some(json!(text)), &[]);
    check("/entries/0/purpose/text", Some(json!(format!("asiakas {CLIENT}"))), &[]);
}

#[test]
fn the_clock_agrees_with_kantas() {
    let all = |minutes: i64| {
        let mut exchanges = exchanges();
        for exchange in &mut exchanges {
            exchange.received = time(60 * minutes);
            exchange.answered = time(60 * minutes);
        }
        judged(&log(), &exchanges)
    };
    assert_eq!(all(-1).len() + all(1).len(), 3, "{:?} {:?}", all(-1), all(1));
    let codes: Vec<String> = all(5).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["log-clock-skewed"; 3]);
}

#[test]
fn times_carry_their_zone_and_run_forwards() {
    let pointer = "/entries/1/time";
    let wrong = [("log-time-wrong", pointer)];
    check(pointer, Some(json!("2026-11-20T09:15:02")), &wrong);
    check(pointer, None, &wrong);
    check(pointer, Some(json!("2026-11-20T07:15:00.999Z")), &wrong);
    check("/entries/1/sequence", Some(json!(0)), &[("log-time-wrong", "/entries/0/time")]);
}

#[test]
fn what_cannot_be_read_is_told() {
    check(
        "/entries/0/time",
        Some(json!(5)),
        &[("log-unreadable", "/entries/0/time"), ("log-time-wrong", "/entries/0/time")],
    );
    check("/entries/0/kind", Some(json!("usage")), &[("log-unreadable", "/entries/0/kind")]);
    for log in [json!(null), json!("x"), json!({"entries": {}})] {
        let told = judged(&log, &exchanges());
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].0, "log-unreadable");
    }
}

#[test]
fn handed_out_documents_are_listed() {
    let mut exchanges = exchanges();
    exchanges[2] = Exchange {
        handed_out: vec!["1.2.246.10.99999991.10.0.93.2026.502".to_owned()],
        ..exchange(3, Operation::SearchDocuments, SEARCH, true)
    };
    let mut log = log();
    log["entries"][1]["outcome"] = json!("success");
    log["entries"][1]["kanta"]["httpStatus"] = json!(200);
    let missing = [("log-object-missing".to_owned(), "/entries/1/objects".to_owned())];
    assert_eq!(judged(&log, &exchanges), missing);
    log["entries"][1]["objects"] = json!([{"documentId": "1.2.246.10.99999991.10.0.93.2026.502"}]);
    assert_eq!(judged(&log, &exchanges), []);
}

#[test]
fn entries_of_other_scenarios_are_left_alone() {
    let mut log = log();
    let mut other = entry(5, "use", "read", &json!({"messageId": "other:1"}), &json!({"user": null}));
    other["client"]["value"] = json!("020516C903K");
    log["entries"].as_array_mut().expect("entries").push(other);
    assert_eq!(judged(&log, &exchanges()), []);
}

proptest! {
    #[test]
    fn no_log_panics(values in proptest::collection::vec(any_value(), 0..4)) {
        let told = judged(&json!({"entries": values}), &exchanges());
        prop_assert!(!told.is_empty());
    }
}

/// JSON with the names of an entry, in any shape.
fn any_value() -> impl Strategy<Value = Value> {
    let names = "kind|time|client|value|action|user|purpose|code|text|objects|documentId|disclosure|channel|recipient|\
                 id|noticeId|kanta|messageId|httpStatus|outcome|sequence|criteria";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::from),
        "success|refused|search|disclose|use|notice|outside-archive|010181-900C|\\PC{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            proptest::collection::btree_map(names, inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}
