//! Gateways between a system and Kanta: those that keep what passes are no trouble, those that do not are found.

use std::sync::Arc;

use axum::http::{HeaderName, HeaderValue, StatusCode};
use kantakoe::domain::Outcome;

use super::front::Liar;
use super::gateway::{Between, Held, Passing, Returning};
use super::stand::{Row, all_caught, run_each};
use crate::reference::bench::acknowledgement;

/// A gateway: its name, the scenarios that it is tried on, what it does on the way to Kanta, and on the way back.
struct Way(&'static str, &'static [&'static str], fn(Passing, &mut Held) -> Vec<Passing>, fn(&mut Returning));

const STORING: &[&str] = &["storage-client-document", "storage-attachments", "replacement-correct"];
const ALL_KINDS: &[&str] = &[
    "storage-client-document",
    "replacement-correct",
    "search-by-client",
    "search-several-pages",
    "notice-two-events",
    "declarations-information-and-permit",
];
const NOTICES: &[&str] = &["notice-two-events"];

fn as_it_came(passing: Passing, _: &mut Held) -> Vec<Passing> {
    vec![passing]
}

fn as_it_is(_: &mut Returning) {}

fn header(name: &'static str, value: &'static str) -> (HeaderName, HeaderValue) {
    (HeaderName::from_static(name), HeaderValue::from_static(value))
}

fn is_xml(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// The body with `from` replaced by `to` once, where it is XML.
fn respelt(mut passing: Passing, from: &str, to: &str) -> Vec<Passing> {
    if is_xml(&passing.body) {
        passing.body = String::from_utf8_lossy(&passing.body).replacen(from, to, 1).into_bytes();
    }
    vec![passing]
}

#[rustfmt::skip]
const HONEST: &[Way] = &[
    Way("does nothing", ALL_KINDS, as_it_came, as_it_is),
    Way("adds headers on the way", ALL_KINDS, |mut passing, _| {
        passing.headers.extend([header("x-forwarded-for", "192.0.2.7"), header("via", "1.1 gateway"), header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]);
        vec![passing]
    }, as_it_is),
    Way("adds headers on the way back", ALL_KINDS, as_it_came, |told| {
        told.headers.extend([header("x-cache", "MISS"), header("via", "1.1 gateway"), header("strict-transport-security", "max-age=1")]);
    }),
    Way("lets health checks and scanners through", ALL_KINDS, |passing, _| {
        let bare = |path: &str| Passing { method: axum::http::Method::GET, path: path.to_owned(), headers: Default::default(), body: Vec::new() };
        vec![bare("/"), bare("/archive"), bare("/health"), passing]
    }, as_it_is),
    Way("puts lines before the body", ALL_KINDS, |passing, _| respelt(passing, "Body>", "Body>\n\n  "), as_it_is),
    Way("puts white space around the envelope", ALL_KINDS, |passing, _| {
        let mut all = respelt(passing, "?>", "?>\n<!-- passed on -->\n");
        if is_xml(&all[0].body) { all[0].body.extend_from_slice(b"\n\n") }
        all
    }, as_it_is),
    Way("spells a character as a reference", STORING, |passing, _| respelt(passing, "extension=\"1", "extension=\"&#x31;"), as_it_is),
    Way("writes the package as CDATA", STORING, |passing, _| {
        let text = String::from_utf8_lossy(&passing.body).into_owned();
        let Some((before, after)) = text.split_once("representation=\"B64\">") else { return vec![passing] };
        let after = after.replacen("</", "]]></", 1);
        let body = format!("{before}representation=\"B64\"><![CDATA[{after}").into_bytes();
        vec![Passing { body, ..passing }]
    }, as_it_is),
    Way("writes UTF-16", STORING, |mut passing, _| {
        if is_xml(&passing.body) {
            let text = String::from_utf8_lossy(&passing.body).replacen("encoding=\"UTF-8\"", "encoding=\"UTF-16\"", 1);
            passing.body = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
            passing.headers.extend([header("content-type", "text/xml; charset=utf-16")]);
        }
        vec![passing]
    }, as_it_is),
    Way("puts a byte order mark before the body", ALL_KINDS, |mut passing, _| {
        if is_xml(&passing.body) { passing.body.splice(0..0, [0xEF, 0xBB, 0xBF]); }
        vec![passing]
    }, as_it_is),
    Way("ends lines as CRLF outside of what is signed", ALL_KINDS, |passing, _| respelt(passing, "Body>", "Body>\r\n\r\n"), as_it_is),
    Way("spells attributes with other marks", ALL_KINDS, |passing, _| respelt(passing, "ITSVersion=\"XML_1.0\"", "ITSVersion='XML_1.0'"), as_it_is),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_keeps_what_passes_is_no_trouble() {
    let mut blamed = Vec::new();
    for (name, ended) in run_each(HONEST.iter().map(row).collect()).await {
        if ended.result.outcome != Outcome::Pass {
            let scenarios = ended.result.scenarios.iter().flat_map(|one| &one.findings).chain(&ended.result.findings);
            let codes: Vec<_> = scenarios.map(|finding| finding.code.to_string()).collect();
            blamed.push(format!("{name}: {:?} {codes:?}", ended.result.outcome));
        }
    }
    assert!(blamed.is_empty(), "{blamed:#?}");
}

/// What the system is told by the gateway itself: that its message was accepted.
fn accepted(passing: &Passing) -> Returning {
    let text = String::from_utf8_lossy(&passing.body).into_owned();
    let id = text.split("extension=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned();
    let headers = [header("content-type", "text/xml; charset=utf-8")].into_iter().collect();
    Returning { status: StatusCode::OK, headers, body: acknowledgement("AA", &id, "").into_bytes() }
}

fn is_of_archive(passing: &Passing) -> bool {
    passing.path.ends_with("/archive")
}

fn is_notice(passing: &Passing) -> bool {
    passing.path.ends_with("/fhir") && passing.body.windows(10).any(|part| part == b"AuditEvent")
}

#[rustfmt::skip]
const LYING: &[Way] = &[
    Way("drops what is to be stored and accepts it itself", STORING, |passing, held| {
        if !is_of_archive(&passing) { return vec![passing] }
        held.told = Some(accepted(&passing));
        Vec::new()
    }, as_it_is),
    Way("passes on what is to be stored with the next message only", STORING, |passing, held| {
        if !is_of_archive(&passing) { return vec![passing] }
        held.told = Some(accepted(&passing));
        let before = std::mem::take(&mut held.requests);
        held.requests.push(passing);
        // What came before goes now, and its answer is thrown away.
        let told = held.told.clone();
        held.after = told;
        before
    }, as_it_is),
    Way("turns refusals into acceptances", &["robustness-error-answer", "robustness-unknown-answer-code"], as_it_came, |told| {
        told.body = String::from_utf8_lossy(&told.body).replace("code=\"AE\"", "code=\"AA\"").replace("typeCode code=\"XX\"", "typeCode code=\"AA\"").replace("typeCode=\"AE\"", "typeCode=\"AA\"").replace("typeCode=\"XX\"", "typeCode=\"AA\"").into_bytes();
    }),
    Way("drops every answer", STORING, as_it_came, |told| *told = Returning { status: StatusCode::BAD_GATEWAY, headers: Default::default(), body: Vec::new() }),
    Way("posts elsewhere", STORING, |mut passing, _| { passing.path = passing.path.replace("/archive", "/other"); vec![passing] }, as_it_is),
    Way("doubles every message", STORING, |passing, _| vec![passing.clone(), passing], as_it_is),
    Way("posts a copy elsewhere", STORING, |passing, _| vec![Passing { path: "/other".to_owned(), ..passing.clone() }, passing], as_it_is),
    Way("posts a copy of notices elsewhere", NOTICES, |passing, _| {
        if is_notice(&passing) { vec![Passing { path: "/other".to_owned(), ..passing.clone() }, passing] } else { vec![passing] }
    }, as_it_is),
    Way("asks elsewhere with the token", NOTICES, |passing, _| {
        let mut asked = Passing { method: axum::http::Method::GET, path: "/status".to_owned(), ..passing.clone() };
        asked.body = Vec::new();
        if is_notice(&passing) { vec![asked, passing] } else { vec![passing] }
    }, as_it_is),
    Way("posts notices elsewhere", NOTICES, |mut passing, _| { if is_notice(&passing) { passing.path = "/other".to_owned() } vec![passing] }, as_it_is),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_does_not_keep_what_passes_is_found() {
    all_caught(LYING.iter().map(row).collect()).await;
}

fn row(way: &Way) -> Row {
    let Way(name, scenarios, pass, back) = *way;
    let between = Between { pass: Some(Arc::new(pass)), back: Some(Arc::new(back)) };
    (name.to_owned(), Liar::default(), Some(between), scenarios.to_vec())
}
