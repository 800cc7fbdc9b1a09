//! Hostile and huge requests end in findings.

use std::sync::LazyLock;

use kantakoe::reading::NoticeRequest;
use kantakoe::rule::Finding;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::bench::{Bench, fixture, pairs, with};

const UNREADABLE: &str = "notice-unreadable";

fn unreadable(bench: &Bench, body: Vec<u8>) -> Finding {
    let mut findings = bench.judge(NoticeRequest { body, ..bench.request(&fixture()) });
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].code.as_str(), UNREADABLE);
    findings.remove(0)
}

#[test]
fn what_cannot_be_read_in_one_way_is_refused() {
    let bench = Bench::new();
    let body = serde_json::to_string(&bench.bundle()).expect("written");
    let doubled = body.replacen("\"recorded\":", "\"recorded\":\"2026-11-20T09:17:00+02:00\",\"recorded\":", 1);
    let place = unreadable(&bench, doubled.clone().into_bytes()).place.expect("place");
    assert_eq!(place.path, "/entry/0/resource/recorded");
    let column = place.position.expect("position").column as usize;
    assert!(doubled.chars().take(column).collect::<String>().ends_with("\"recorded\""), "{column}");
    for wrong in ["", "{", "[]", "null", "<Bundle/>", "\u{feff}{}"] {
        unreadable(&bench, wrong.as_bytes().to_vec());
    }
    unreadable(&bench, body.replacen("Näyte", "N\u{0}yte", 1).into_bytes());
    unreadable(&bench, vec![b'['; 100_000]);
    unreadable(&bench, vec![b' '; 10_485_761]);
}

/// The fixture's pair `count` times, each with the identifiers of its own.
fn many(count: usize) -> Value {
    let pair = fixture()["entry"].to_string();
    let entries = (0..count).flat_map(|number| {
        let text = pair.replace("2026.1.", &format!("2026.1{number}."));
        serde_json::from_str::<Vec<Value>>(&text).expect("pair")
    });
    with(fixture(), "/entry", entries.collect())
}

#[test]
fn a_full_bundle_is_judged_and_a_fuller_one_refused() {
    let bench = Bench::new();
    assert_eq!(bench.told(many(1000)), []);
    let fuller = bench.judge(bench.request(&many(1001)));
    assert_eq!(pairs(&fuller), [("notice-bundle-too-large".to_owned(), "/entry".to_owned())]);
}

#[test]
fn the_last_of_a_thousand_identifiers_is_judged_too() {
    let bench = Bench::new();
    let whole = many(1000);
    let last = whole["entry"].as_array().expect("entries").len() - 1;
    let first = whole["entry"][0]["resource"]["id"].clone();
    for (id, code) in [(first, "notice-id-reused"), (json!(format!("1.2{}", ".3".repeat(31))), "notice-id-wrong")] {
        let mut bundle = whole.clone();
        bundle["entry"][last]["resource"]["id"] = id;
        let told = bench.told(bundle);
        assert!(told.contains(&(code.to_owned(), format!("/entry/{last}/resource/id"))), "{told:?}");
    }
}

#[test]
fn the_same_mistake_is_told_a_few_times_only() {
    let bench = Bench::new();
    let mut bundle = many(50);
    for entry in bundle["entry"].as_array_mut().expect("entries") {
        entry["fullUrl"] = json!("urn:uuid:1");
        entry["resource"]["meta"] = json!({"source": "urn:x"});
    }
    let told = bench.told(bundle);
    for code in ["notice-full-url-differs", "notice-profile-wrong"] {
        assert_eq!(told.iter().filter(|(told, _)| told == code).count(), 20, "{code}");
    }
}

/// JSON with the names that the rules look at, in any shape.
fn any_bundle() -> impl Strategy<Value = Value> {
    let names = "resourceType|type|entry|resource|contained|agent|who|reference|entity|what|identifier|system|value|\
                 id|meta|profile|signature|data|when|recorded|period|start|target|role|coding|extension|url|valueCoding";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "Bundle|AuditEvent|Provenance|transaction|#a|urn:oid:1\\.2\\.246\\.21|010181-900C|\\PC{0,8}"
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map(names, inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

static BENCH: LazyLock<Bench> = LazyLock::new(Bench::new);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_bytes_panic(body in proptest::collection::vec(any::<u8>(), 0..200), token in "\\PC{0,40}") {
        let headers = vec![("authorization".to_owned(), format!("Bearer {token}"))];
        let request = NoticeRequest { headers, body, ..BENCH.request(&fixture()) };
        prop_assert!(!BENCH.judge(request).is_empty());
    }

    #[test]
    fn no_json_panics(entries in proptest::collection::vec(any_bundle(), 0..4), signature in any_bundle()) {
        let bundle = json!({"resourceType": "Bundle", "type": "transaction", "entry": entries, "signature": signature});
        prop_assert!(!BENCH.judge(BENCH.request(&bundle)).is_empty());
    }
}
