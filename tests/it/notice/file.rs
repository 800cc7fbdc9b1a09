//! A Bundle in a file is judged by its content.

use std::collections::BTreeSet;

use kantakoe::reading::{NoticeRequest, read_notice};
use kantakoe::rule::notice::{NoticeContext, judge_body};
use kantakoe::rule::{Finding, Strictness};
use kantakoe::state::UnknownArchive;
use kantakoe::wire::trust::TrustAnchors;
use serde_json::Value;

use super::bench::{Bench, NOW, fixture, pairs, without};
use crate::use_log::Desk;

fn judged(bench: &Bench, bundle: &Value) -> Vec<Finding> {
    let trust = TrustAnchors::from_pem(bench.authority.certificate().as_bytes()).expect("authority");
    let context = NoticeContext {
        profile: &bench.profile,
        catalogue: &bench.catalogue,
        strictness: Strictness::Warn,
        trust: &trust,
        now: NOW,
        audience: &[],
        known: &UnknownArchive,
        exchange: None,
    };
    judge_body(&read_notice(NoticeRequest::of_body(bundle.to_string().into_bytes()), &bench.profile), &context)
}

#[test]
fn headers_and_token_are_not_missed() {
    let bench = Bench::new();
    assert_eq!(pairs(&judged(&bench, &bench.bundle())), []);
    let found = pairs(&judged(&bench, &without(bench.bundle(), "/signature")));
    assert_eq!(found, [("notice-signature-missing".to_owned(), "/signature".to_owned())]);
}

#[test]
fn the_program_tells_what_is_wrong_with_a_file() {
    let desk = Desk::new();
    desk.put("notice.json", without(fixture(), "/signature").to_string().as_bytes());
    let told = desk.check(&["notice.json"]);
    let findings = told.json["findings"].as_array().expect("findings").iter();
    let codes: BTreeSet<String> = findings.map(|finding| finding["code"].as_str().expect("code").to_owned()).collect();
    assert_eq!(codes, BTreeSet::from(["notice-request-not-judged", "notice-signature-missing"].map(str::to_owned)));
    assert_eq!((&told.json["operation"], told.code), (&"store-notice".into(), Some(1)));
}
