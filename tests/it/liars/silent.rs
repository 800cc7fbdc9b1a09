//! Systems that never talk to Kanta.

use std::sync::Arc;

use kantakoe::domain::Outcome;
use serde_json::{Value, json};

use super::front::{Asked, Liar, ended};
use super::stand::run;

/// A system that does nothing: its name, and how it says that each action ended.
type Row = (&'static str, fn(&Asked<'_>) -> Value);

const ROWS: [Row; 7] = [
    ("says succeeded and nothing else", |asked| ended(asked, "succeeded", &json!([]), &json!({}))),
    ("says succeeded with plausible results", |asked| ended(asked, "succeeded", &json!([]), &plausible(asked))),
    ("says refused and nothing else", |asked| ended(asked, "refused", &json!([]), &json!({}))),
    ("says refused with an error", |asked| ended(asked, "refused", &an_error(), &json!({}))),
    ("says failed and nothing else", |asked| ended(asked, "failed", &json!([]), &json!({}))),
    ("says failed with an error and what waits", |asked| ended(asked, "failed", &an_error(), &plausible(asked))),
    ("says refused where that is usual", |asked| {
        let outcome = if is_usually_refused(asked) { "refused" } else { "succeeded" };
        ended(asked, outcome, &if outcome == "refused" { an_error() } else { json!([]) }, &plausible(asked))
    }),
];

fn an_error() -> Value {
    json!([{ "code": "7", "text": "Kanta refused it" }])
}

fn is_usually_refused(asked: &Asked<'_>) -> bool {
    let is_of_other = asked.parameters["controller"].is_string() && asked.earlier.len() < 5;
    is_of_other || ["edit-log", "view-document"].contains(&asked.action)
}

/// The result that the driver API asks for, made up: whatever a liar can know without asking.
pub fn plausible(asked: &Asked<'_>) -> Value {
    let id = |branch: usize| format!("1.2.246.10.99999991.95.2026.5.{}.{branch}", asked.number + 1);
    let document = json!({ "id": id(1), "set-id": id(1), "version": 1 });
    match asked.action {
        "search-documents" | "search-metadata" => json!({ "documents": [] }),
        "search-summary" => json!({ "summary": [] }),
        "view-document" => {
            let named = &asked.parameters["document"];
            json!({ "document": { "id": named, "set-id": named, "version": 1, "text": texts(asked) } })
        }
        "document-status" => json!({ "status": "stored", "text": texts(asked), "document": document }),
        "record-disclosures" | "record-tenant-disclosures" => {
            let events = asked.parameters["events"].as_array().cloned().unwrap_or_default();
            let notice = |(number, event): (usize, &Value)| json!({ "key": event["key"], "notice-id": id(10 + number), "permanent-id": id(50 + number) });
            json!({ "notices": events.iter().enumerate().map(notice).collect::<Vec<_>>() })
        }
        "use-log" | "client-log" => json!({ "entries": [] }),
        "verify-log" => json!({ "intact": asked.earlier.last().is_some_and(|(last, _)| last["action"] == "use-log") }),
        "receive-forms" => json!({ "forms": [] }),
        "record-information" | "record-permit" | "record-prohibition" => json!({ "declarations": [{ "id": id(1) }] }),
        name if name.starts_with("store-") => json!({ "document": document }),
        _ => json!({}),
    }
}

/// Every text that the system was asked to write.
fn texts(asked: &Asked<'_>) -> String {
    let texts =
        asked.earlier.iter().flat_map(|(one, _)| ["text", "marker"].map(|name| one["parameters"][name].as_str()));
    texts.flatten().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_that_never_talks_to_kanta_passes_nothing() {
    let rows = ROWS.map(|(name, answer)| {
        tokio::spawn(async move {
            let pretend = Arc::new(move |asked: &Asked<'_>| {
                // The doctor would find that nothing arrives at all.
                (!asked.is_of_doctor()).then(|| answer(asked))
            });
            (name, run(&[], Liar { pretend: Some(pretend), ..Liar::default() }, None).await)
        })
    });
    for row in rows {
        let (name, ended) = row.await.expect("run");
        let passed: Vec<_> = ended.result.scenarios.iter().filter(|one| one.outcome == Outcome::Pass).collect();
        let passed: Vec<&str> = passed.into_iter().map(|one| one.id.as_str()).collect();
        assert_eq!(passed, Vec::<&str>::new(), "{name}");
        assert_eq!(ended.result.outcome, Outcome::Fail, "{name}");
    }
}
