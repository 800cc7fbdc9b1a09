//! What the reference system asks the archive and what it shows.

use kantakoe::reference::Fault;
use serde_json::{Value, json};

use super::bench::{Bench, CLIENT, Reply, found};

/// A system whose archive holds two documents; what a search returns, and their identifiers.
async fn with_two(bench: &Bench) -> (String, [String; 2]) {
    let [_, matter, first] = bench.store_three("Eka m-3").await;
    let second = super::bench::set_id(&bench.store_document(&matter, "Toka m-4").await);
    let bodies = bench.bodies().await;
    (format!("{}{}", found(&bodies[2]), found(&bodies[3])), [first, second])
}

fn ids(ending: &Value) -> Vec<&str> {
    let documents = ending["result"]["documents"].as_array().expect("documents");
    documents.iter().map(|document| document["id"].as_str().expect("id")).collect()
}

fn client() -> Value {
    json!({"client": CLIENT})
}

#[tokio::test]
async fn a_search_shows_what_kanta_returned() {
    let bench = Bench::plain().await;
    let (results, [first, second]) = with_two(&bench).await;
    bench.script([Reply::Found("OK", results)]);
    let ending = bench.act("search-documents", client()).await;
    let row = |id: &str, text: &str| json!({"id": id, "set-id": id, "version": 1, "text": text, "nullified": false});
    assert_eq!(ending["result"]["documents"], json!([row(&first, "Eka m-3"), row(&second, "Toka m-4")]));
    let log = bench.log().await;
    let search = log.last().expect("entry");
    assert_eq!((&search["action"], &search["objects"][1]["documentId"]), (&json!("search"), &json!(second)));
}

#[tokio::test]
async fn nothing_found_is_a_result_and_a_refusal_is_one() {
    let bench = Bench::plain().await;
    bench.know(CLIENT).await;
    let ending = bench.act("search-metadata", client()).await;
    assert_eq!((&ending["outcome"], &ending["result"]["documents"]), (&json!("succeeded"), &json!([])));
    bench.script([Reply::Refuse("5Y00009")]);
    let ending = bench.act("search-metadata", client()).await;
    assert_eq!((&ending["outcome"], &ending["errors"][0]["code"]), (&json!("refused"), &json!("5Y00009")));
    let outcomes: Vec<Value> = bench.log().await.iter().map(|entry| entry["outcome"].clone()).collect();
    assert_eq!(outcomes, ["success", "refused"]);
}

#[tokio::test]
async fn of_several_versions_the_newest_is_shown_and_nothing_nullified() {
    let bench = Bench::plain().await;
    let row = |id: &str, version: u32, status: &str| {
        format!(
            "<subject><clinicalDocument><id root=\"{id}\"/><statusCode code=\"{status}\"/><setId root=\"1.2.1\"/>\
             <versionNumber value=\"{version}\"/></clinicalDocument></subject>"
        )
    };
    bench.know(CLIENT).await;
    bench.script([Reply::Found("OK", [row("1.2.1", 1, "COMPLETED"), row("1.2.2", 2, "COMPLETED")].concat())]);
    assert_eq!(ids(&bench.act("search-metadata", client()).await), ["1.2.2"]);
    bench.script([Reply::Found("OK", [row("1.2.1", 1, "COMPLETED"), row("1.2.2", 2, "NULLIFIED")].concat())]);
    assert_eq!(ids(&bench.act("search-metadata", client()).await), Vec::<&str>::new());
}

#[tokio::test]
async fn a_document_is_viewed_by_fetching_it() {
    let bench = Bench::plain().await;
    let (results, [first, _]) = with_two(&bench).await;
    let view = json!({"client": CLIENT, "document": first});
    bench.script([Reply::Found("OK", results)]);
    let ending = bench.act("view-document", view.clone()).await;
    assert_eq!(ending["result"]["document"], json!({"id": first, "set-id": first, "version": 1, "text": "Eka m-3"}));
    assert!(bench.bodies().await[4].contains("<clinicalDocumentId>"));
    assert_eq!(bench.act("view-document", view).await["outcome"], "refused");
}

#[tokio::test]
async fn a_document_of_others_is_fetched_before_it_is_changed() {
    let maker = Bench::plain().await;
    let (results, [first, _]) = with_two(&maker).await;
    let bench = Bench::plain().await;
    bench.know(CLIENT).await;
    bench.script([Reply::Found("OK", results), Reply::Refuse("5Y00009")]);
    let correction = json!({"client": CLIENT, "document": first, "text": "Korjattu m-9", "marker": "m-9"});
    let ending = bench.act("correct-document", correction).await;
    assert_eq!((&ending["outcome"], &ending["errors"][0]["code"]), (&json!("refused"), &json!("5Y00009")));
    let bodies = bench.bodies().await;
    assert!(bodies[0].contains("queryByParameter") && bodies[1].contains(&format!("<setId root=\"{first}\"/>")));
    let status = bench.act("document-status", json!({"client": CLIENT, "document": first})).await;
    assert_eq!(status["result"]["status"], "refused");
}

#[tokio::test]
async fn faults_of_searching_deviate_as_they_say() {
    let table: [(Fault, &str, usize); 4] = [
        (Fault::SearchDropsResults, "search-documents", 1),
        (Fault::ShowsForeignResults, "search-documents", 3),
        (Fault::SearchNotSent, "search-documents", 4),
        (Fault::MetadataSearchFetchesContent, "search-metadata", 2),
    ];
    for (fault, action, shown) in table {
        let bench = Bench::faulty(fault).await;
        let (results, _) = with_two(&bench).await;
        bench.script([Reply::Found("OK", results)]);
        let ending = bench.act(action, client()).await;
        assert_eq!(ids(&ending).len(), shown, "{fault}");
        let asked = bench.bodies().await.get(4).cloned().unwrap_or_default();
        assert_eq!(asked.is_empty(), fault == Fault::SearchNotSent, "{fault}");
        assert!(asked.is_empty() || asked.contains("RCMR_IN000031UV01"), "{fault}");
    }
}

#[tokio::test]
async fn old_versions_are_asked_for_and_shown_only_by_a_fault() {
    let row = |version: u32| {
        format!(
            "<subject><clinicalDocument><id root=\"1.2.{version}\"/><setId root=\"1.2.1\"/>\
             <versionNumber value=\"{version}\"/></clinicalDocument></subject>"
        )
    };
    for (fault, shown) in [(None, vec!["1.2.2"]), (Some(Fault::ShowsOldVersion), vec!["1.2.1", "1.2.2"])] {
        let bench = Bench::new(super::bench::Setup { fault, ..Default::default() }).await;
        bench.know(CLIENT).await;
        bench.script([Reply::Found("OK", [row(1), row(2)].concat())]);
        assert_eq!(ids(&bench.act("search-metadata", client()).await), shown);
        assert_eq!(bench.bodies().await[0].contains("allVersions"), fault.is_some());
    }
}

#[tokio::test]
async fn nullified_documents_are_shown_only_by_a_fault() {
    for fault in [None, Some(Fault::ShowsNullifiedDocument)] {
        let bench = Bench::new(super::bench::Setup { fault, ..Default::default() }).await;
        let (_, [_, second]) = with_two(&bench).await;
        bench.act("nullify-document", json!({"client": CLIENT, "document": second, "reason": ""})).await;
        let ending = bench.act("search-metadata", client()).await;
        let rows = ending["result"]["documents"].as_array().expect("rows");
        let sets: Vec<&Value> = rows.iter().map(|row| &row["set-id"]).collect();
        assert_eq!(sets, fault.map_or(vec![], |_| vec![&second]), "{fault:?}");
    }
}

#[tokio::test]
async fn results_and_texts_are_falsified_only_by_their_faults() {
    let bench = Bench::faulty(Fault::TextAlteredOnView).await;
    let (results, _) = with_two(&bench).await;
    bench.script([Reply::Found("OK", results)]);
    let ending = bench.act("search-documents", client()).await;
    assert_ne!(ending["result"]["documents"][0]["text"], "Eka m-3");
    let bench = Bench::faulty(Fault::NothingFoundAsError).await;
    bench.know(CLIENT).await;
    assert_eq!(bench.act("search-documents", client()).await["outcome"], "failed");
    let bench = Bench::faulty(Fault::LogEntryMissingForFailedSearch).await;
    bench.know(CLIENT).await;
    bench.script([Reply::Refuse("5Y00009")]);
    bench.act("search-documents", client()).await;
    assert_eq!(bench.log().await.len(), 0);
}
