//! The use log of the reference system and the faults of logging.

use kantakoe::reference::Fault;
use serde_json::{Value, json};

use super::bench::{Bench, CLIENT, OTHER_CLIENT, Reply};
use super::judged::disclosures;
use crate::use_log::validator;

const TEXT: &str = "Näyteteksti m-3";

/// The log after a stored document, a refused search and disclosures.
async fn log_of(fault: Fault) -> Vec<Value> {
    filled(Bench::faulty(fault).await).await
}

async fn log_of_plain() -> Vec<Value> {
    filled(Bench::plain().await).await
}

async fn filled(bench: Bench) -> Vec<Value> {
    let [_, _, document] = bench.store_three(TEXT).await;
    bench.script([Reply::Refuse("5Y00009")]);
    bench.act("search-documents", json!({"client": CLIENT})).await;
    bench.know(OTHER_CLIENT).await;
    bench.act("record-disclosures", disclosures(&document)).await;
    bench.log().await
}

#[tokio::test]
async fn every_message_has_its_entry_and_entries_are_chained() {
    let bench = Bench::plain().await;
    bench.store_three(TEXT).await;
    let log = bench.log().await;
    let bodies = bench.bodies().await;
    assert_eq!(log.len(), bodies.len());
    for (entry, body) in log.iter().zip(&bodies) {
        let id = entry["kanta"]["messageId"].as_str().expect("message").split_once(':').expect("root").1;
        assert!(body.contains(&format!("extension=\"{id}\"")));
        assert!(!entry.to_string().contains(TEXT));
    }
    for pair in log.windows(2) {
        assert_eq!(pair[1]["integrity"]["previous"], pair[0]["integrity"]["hash"]);
        assert!(pair[0]["time"].as_str() <= pair[1]["time"].as_str());
    }
}

#[tokio::test]
async fn every_entry_is_valid_by_the_schema() {
    let schema = validator();
    let log = log_of_plain().await;
    assert!(log.len() > 5);
    for entry in &log {
        let wrong: Vec<String> = schema.iter_errors(entry).map(|error| error.to_string()).collect();
        assert_eq!(wrong, Vec::<String>::new(), "{entry}");
    }
    for fault in [Fault::LogEntryWithoutUser, Fault::LogEntryWithoutPurpose, Fault::LogTimeWithoutZone] {
        assert!(log_of(fault).await.iter().all(|entry| !schema.is_valid(entry)), "{fault}");
    }
}

#[tokio::test]
async fn an_unsent_message_is_logged_as_a_failure() {
    let bench = Bench::plain().await;
    bench.know(CLIENT).await;
    bench.script(vec![Reply::Status(503, None); 4]);
    bench.act("search-documents", json!({"client": CLIENT})).await;
    let log = bench.log().await;
    assert_eq!((log.len(), &log[0]["outcome"], &log[0]["kanta"]["httpStatus"]), (1, &json!("failure"), &json!(503)));
}

#[tokio::test]
async fn faults_of_logging_deviate_as_they_say() {
    type Deviation = fn(&Value) -> bool;
    let table: [(Fault, Deviation); 8] = [
        (Fault::LogEntryWithoutUser, |entry| entry["user"].is_null()),
        (Fault::LogEntryWithoutPurpose, |entry| entry["purpose"].is_null()),
        (Fault::DisclosureLoggedWithoutRecipient, |entry| {
            entry.get("disclosure").is_some_and(|disclosure| disclosure["recipient"].is_null())
        }),
        (Fault::TokenInLog, |entry| entry["kanta"]["authorization"].is_string()),
        (Fault::DocumentTextInLog, |entry| entry.to_string().contains(TEXT)),
        (Fault::LogTimeWithoutZone, |entry| entry["time"].as_str().is_some_and(|time| time.len() == 23)),
        (Fault::LogFailureAsSuccess, |entry| entry["action"] == "search" && entry["outcome"] == "success"),
        (Fault::LogWrongRequestId, |entry| {
            entry["kanta"]["requestId"].as_str().is_some_and(|request| request.len() != 36)
        }),
    ];
    for (fault, deviates) in table {
        let (faulty, plain) = (log_of(fault).await, log_of(Fault::MarkerMissing).await);
        assert!(faulty.iter().any(deviates), "{fault}");
        assert!(!plain.iter().any(deviates), "{fault}");
        assert_eq!(faulty.len(), plain.len(), "{fault}");
    }
}

#[tokio::test]
async fn doubled_entries_are_those_of_messages() {
    let count = |log: &[Value], local: bool| log.iter().filter(|entry| entry["kanta"].is_null() == local).count();
    let (doubled, plain) = (log_of(Fault::LogEntryDoubled).await, log_of(Fault::MarkerMissing).await);
    assert_eq!(count(&doubled, false), 2 * count(&plain, false));
    assert_eq!(count(&doubled, true), count(&plain, true));
}
