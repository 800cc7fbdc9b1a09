//! Whatever is taken away from a Bundle or changed after signing is seen.

use kantakoe::wire::json::walk;
use serde_json::{Value, json};

use super::bench::{Bench, fixture, pairs, with, without};

/// What a right Bundle may lack: texts for people, and what no known rule asks for. A pointer with one of
/// these in it is free.
const FREE: [&str; 21] = [
    "/display",
    "/name",
    "/use",
    "/targetFormat",
    "/sigFormat",
    "/type/system",
    "/type/0/system",
    "/coding/0/system",
    "/valueCoding/system",
    "/identifier/0/system",
    "/who/identifier/system",
    "/contained/0/meta",
    "/contained/1/meta",
    "/contained/2/meta",
    // Of the professional, the unit and the recipient, who has a name, only the names are asked for.
    "/contained/2/extension",
    "/contained/2/identifier",
    "/contained/3/identifier",
    "/contained/4/identifier",
    // One of the items, or one way of describing it, is enough.
    "/entity/1",
    "/entity/2",
    // The roles of the parties are told in other ways too, as long as the national codes are not known.
    "/role",
];

fn pointers(value: &Value) -> Vec<String> {
    let mut all = Vec::new();
    walk(value, &mut |pointer, _| all.push(pointer.to_owned()));
    all.retain(|pointer| !pointer.is_empty());
    all
}

#[test]
fn every_element_that_matters_is_missed() {
    let bench = Bench::new();
    let mut unseen: Vec<String> = Vec::new();
    for pointer in pointers(&fixture()).into_iter().filter(|pointer| pointer != "/signature/data") {
        if bench.told(without(fixture(), &pointer)).is_empty() {
            unseen.push(pointer);
        }
    }
    let unexpected: Vec<&String> =
        unseen.iter().filter(|pointer| !FREE.iter().any(|free| pointer.contains(free))).collect();
    assert_eq!(unexpected, Vec::<&String>::new());
    for free in FREE {
        assert!(unseen.iter().any(|pointer| pointer.contains(free)), "{free} is not free");
    }
}

#[test]
fn every_change_after_signing_is_seen() {
    let bench = Bench::new();
    let signed = bench.bundle();
    for pointer in pointers(&signed).iter().filter(|pointer| !pointer.starts_with("/signature")) {
        let changed = with(signed.clone(), pointer, json!("changed"));
        let told = pairs(&bench.judge(bench.request(&changed)));
        let unreadable = told.iter().any(|(code, _)| code == "notice-unreadable");
        let seen = told.contains(&("notice-signature-wrong".to_owned(), "/signature/data".to_owned()));
        assert!(seen || unreadable, "{pointer}: {told:?}");
    }
}
