//! The use log of the reference system before the rules of the use log.

use std::collections::BTreeSet;
use std::fs;

use jiff::Timestamp;
use kantakoe::domain::{ActionOutcome, Operation};
use kantakoe::evidence::{ActionRecord, Body, Caller, Exchange, RecordedMessage, ServiceTag};
use kantakoe::reading::read_use_log;
use kantakoe::reference::{Fault, Variant};
use kantakoe::rule::use_log::{UseLogCase, judge};
use kantakoe::rule::{Catalogue, Strictness};
use kantakoe::source::SourceFile;
use serde_json::{Value, json};
use wiremock::Request;

use super::bench::{Bench, CLIENT, OTHER_CLIENT, Reply, Setup, between};
use super::judged::disclosures;
use crate::support::PROFILE;

const TEXT: &str = "Näyteteksti m-3";
const ORGANISATION: &str = "1.2.246.10.99999991.10.0";

/// The codes that the rules find in the log of a system that stored a document, searched in vain and
/// recorded disclosures.
async fn codes(setup: Setup) -> Vec<String> {
    let bench = Bench::new(setup).await;
    let [_, _, document] = bench.store_three(TEXT).await;
    bench.script([Reply::Refuse("5Y00009")]);
    bench.act("search-documents", json!({"client": CLIENT})).await;
    bench.know(OTHER_CLIENT).await;
    let parameters = disclosures(&document);
    bench.act("record-disclosures", parameters.clone()).await;
    let told = json!({"entries": bench.log().await});
    let log = read_use_log(&told);
    let exchanges: Vec<Exchange> = (1..).zip(&bench.requests().await).map(|(at, sent)| exchange(at, sent)).collect();
    let seen: BTreeSet<String> = exchanges.iter().filter_map(|exchange| exchange.message_id.clone()).collect();
    let case = UseLogCase {
        log: &log,
        exchanges: &exchanges.iter().collect::<Vec<_>>(),
        actions: &[&recorded(parameters)],
        seen: &seen,
        persons: &[CLIENT.to_owned(), OTHER_CLIENT.to_owned()],
        forbidden: &[TEXT.to_owned()],
        profile: &PROFILE,
    };
    let codes = judge(&case, &catalogue(), Strictness::Warn).into_iter().map(|finding| finding.code.to_string());
    codes.collect::<BTreeSet<String>>().into_iter().collect()
}

fn exchange(number: u64, sent: &Request) -> Exchange {
    let body = String::from_utf8_lossy(&sent.body).into_owned();
    let header = |name: &str| sent.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let extension = || between(&body, &format!("id root=\"{ORGANISATION}\" extension=\""), "\"");
    let is_notice = sent.url.path() == "/fhir";
    let is_search = body.contains("queryByParameter");
    let message = |start: &str, bytes: Vec<u8>| RecordedMessage {
        start: start.into(),
        headers: header("authorization").map(|token| ("authorization".to_owned(), token)).into_iter().collect(),
        body: Body::Raw(bytes),
    };
    Exchange {
        number,
        service: ServiceTag::of_id(if is_notice { "fhir" } else { "archive" }),
        lane: String::new(),
        received: Timestamp::now(),
        answered: Timestamp::now(),
        caller: Caller::default(),
        request: message("POST /", sent.body.clone()),
        answer: Some(message("200", Vec::new())),
        operation: if is_notice {
            Operation::StoreNotice
        } else if is_search {
            Operation::SearchDocuments
        } else {
            Operation::Store
        },
        persons: Vec::new(),
        message_id: header("x-request-id").or_else(|| Some(format!("{ORGANISATION}:{}", extension()))),
        accepted: !is_search,
        repeated: false,
        handed_out: Vec::new(),
        refused_for: Vec::new(),
        fault: None,
    }
}

fn recorded(parameters: Value) -> ActionRecord {
    ActionRecord {
        scenario: "s".to_owned(),
        step: "disclose".to_owned(),
        action: "record-disclosures".to_owned(),
        key: String::new(),
        parameters,
        started: Timestamp::UNIX_EPOCH,
        ended: Timestamp::UNIX_EPOCH,
        outcome: ActionOutcome::Succeeded,
        result: Value::Null,
        message: String::new(),
    }
}

fn catalogue() -> Catalogue {
    let file = |name: &str| {
        let path = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
        SourceFile::new(name, fs::read_to_string(path).expect(name))
    };
    Catalogue::read(&file("catalogue/requirements.toml"), &file("catalogue/findings.toml")).expect("catalogue")
}

#[tokio::test]
async fn no_variant_has_anything_wrong_in_its_log() {
    for variant in Variant::all() {
        assert_eq!(codes(Setup { variant, ..Setup::default() }).await, Vec::<String>::new(), "{}", variant.name);
    }
}

#[tokio::test]
async fn a_fault_of_logging_is_found_as_itself_and_as_nothing_else() {
    let table: [(Fault, &[&str]); 10] = [
        (Fault::LogEntryMissingForFailedSearch, &["log-entry-missing"]),
        (Fault::LogEntryDoubled, &["log-entry-doubled"]),
        (Fault::LogEntryWithoutUser, &["log-actor-missing"]),
        (Fault::LogEntryWithoutPurpose, &["log-purpose-missing"]),
        (Fault::DisclosureLoggedWithoutRecipient, &["log-recipient-missing"]),
        (Fault::TokenInLog, &["log-holds-token"]),
        (Fault::DocumentTextInLog, &["log-holds-document-text"]),
        (Fault::LogTimeWithoutZone, &["log-time-wrong"]),
        (Fault::LogWrongRequestId, &["log-entry-missing", "log-request-unknown"]),
        (Fault::LogFailureAsSuccess, &["log-outcome-wrong"]),
    ];
    for (fault, expected) in table {
        assert_eq!(codes(Setup { fault: Some(fault), ..Setup::default() }).await, expected, "{fault}");
    }
}
