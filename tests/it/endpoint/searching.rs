//! Searches and retrieval.

use kantakoe::domain::Operation;

use super::messages::{Draft, STEM};
use super::world::{ORGANISATION, OTHER, World};

const CLIENT: &str = "<patientId><value root=\"1.2.246.21\" extension=\"010181-900C\"/></patientId>";

fn search() -> Draft {
    Draft::of("search")
}

/// A search with these parameters beside the client.
fn asking(parameters: &str) -> Draft {
    search().with(CLIENT, &format!("{CLIENT}{parameters}"))
}

#[tokio::test]
async fn own_documents_are_found_with_their_content() {
    let world = World::start().await;
    world.plant(501, ORGANISATION, false);
    world.plant(502, OTHER, false);
    world.plant(503, ORGANISATION, true);
    let answer = world.send(&search().finish(&world.identities)).await;
    assert!(answer.contains("<queryResponseCode code=\"OK\"/><resultTotalQuantity value=\"1\"/>"), "{answer}");
    assert!(answer.contains(&format!("<id root=\"{STEM}501\"/>")) && answer.contains("multipart/related"), "{answer}");
    let exchange = world.last();
    assert_eq!(exchange.operation, Operation::SearchDocuments);
    assert_eq!(exchange.handed_out, [format!("{STEM}501")]);
    let noted = world.kanta.handed_out(&format!("{STEM}501")).expect("log");
    assert_eq!(noted.iter().map(|one| (one.exchange, one.asked_by.as_str())).collect::<Vec<_>>(), [(1, ORGANISATION)]);
}

#[tokio::test]
async fn a_metadata_search_gives_no_content() {
    let world = World::start().await;
    world.plant(501, ORGANISATION, false);
    let query = search().with("RCMR_IN000031UV01", "RCMR_IN000029UV01").with("search-documents", "search-metadata");
    let answer = world.send(&query.finish(&world.identities)).await;
    assert!(answer.contains("<RCMR_IN000030UV01") && answer.contains(&format!("{STEM}501")), "{answer}");
    assert!(!answer.contains("multipart/related"), "{answer}");
    assert!(world.kanta.handed_out(&format!("{STEM}501")).expect("log").is_empty());
}

#[tokio::test]
async fn nothing_found_is_no_error() {
    let world = World::start().await;
    let answer = world.send(&search().finish(&world.identities)).await;
    assert!(answer.contains("<typeCode code=\"AA\"/>") && answer.contains("code=\"NF\""), "{answer}");
    assert!(world.last().accepted);
}

#[tokio::test]
async fn a_document_is_retrieved_by_its_identifier_alone() {
    let world = World::start().await;
    world.plant(501, ORGANISATION, false);
    let parameter = format!("<clinicalDocumentId><value root=\"{STEM}501\"/></clinicalDocumentId>");
    let query = search().with(CLIENT, &parameter).with("search-documents", "retrieve-document");
    let answer = world.send(&query.finish(&world.identities)).await;
    assert!(answer.contains("multipart/related"), "{answer}");
    let exchange = world.last();
    assert_eq!((exchange.operation, exchange.persons), (Operation::Retrieve, vec!["010181-900C".to_owned()]));
}

#[tokio::test]
async fn parameters_narrow_and_widen_a_search() {
    let world = World::start().await;
    world.plant(501, ORGANISATION, false);
    world.plant(502, ORGANISATION, true);
    let group = |code: &str| format!("<clinicalDocumentGroup><value code=\"{code}\"/></clinicalDocumentGroup>");
    let custodian = |oid: &str| format!("<custodianId><value root=\"{oid}\"/></custodianId>");
    let cases = [
        (group("5"), 1),
        (group("1"), 0),
        (custodian(ORGANISATION), 1),
        (custodian(OTHER), 0),
        ("<effectiveTimeLow><value value=\"20261120\"/></effectiveTimeLow>".to_owned(), 1),
        ("<effectiveTimeHigh><value value=\"20261101\"/></effectiveTimeHigh>".to_owned(), 0),
        ("<includeNullified><value value=\"true\"/></includeNullified>".to_owned(), 2),
    ];
    for (number, (parameters, total)) in (10..).zip(cases) {
        let answer = world.send(&asking(&parameters).numbered(number).finish(&world.identities)).await;
        assert!(answer.contains(&format!("<resultTotalQuantity value=\"{total}\"/>")), "{parameters}: {answer}");
    }
}

#[tokio::test]
async fn a_search_for_nobody_is_refused() {
    let world = World::start().await;
    let answer = world.send(&search().with(CLIENT, "").finish(&world.identities)).await;
    assert!(answer.contains("<typeCode code=\"AE\"/>") && answer.contains("code=\"QE\""), "{answer}");
    assert_eq!(answer.matches("[search-without-client]").count(), 1, "{answer}");
    assert_eq!(world.last().refused_for, ["search-without-client"]);
}

#[tokio::test]
async fn a_parameter_that_says_nothing_is_refused() {
    let world = World::start().await;
    let query = asking("<effectiveTimeLow><value value=\"yesterday\"/></effectiveTimeLow>");
    let answer = world.send(&query.finish(&world.identities)).await;
    assert!(answer.contains("code=\"QE\"") && answer.contains("[query-parameter-wrong]"), "{answer}");
}

#[tokio::test]
async fn a_repeated_query_is_answered_anew() {
    let world = World::start().await;
    let query = search().finish(&world.identities);
    world.send(&query).await;
    world.plant(501, ORGANISATION, false);
    assert!(world.send(&query).await.contains("<resultTotalQuantity value=\"1\"/>"));
    assert!(world.last().repeated);
}

#[tokio::test]
async fn a_client_without_identity_code_is_stored_and_found_by_the_temporary_one() {
    let world = World::start().await;
    let code = "root=\"1.2.246.21\" extension=\"010181-900C\"";
    let temporary = |year: u32| format!("root=\"1.2.246.10.99999991.22.{year}\" extension=\"17\"");
    let told = "\"henkilotunnus\": {\"system\": \"urn:oid:1.2.246.21\", \"value\": \"010181-900C\"}";
    let document = Draft::of("client-document")
        .with(code, &temporary(2026))
        .with(told, "\"tilapainen_yksilointitunnus\": {\"value\": \"17\"}");
    let answer = world.send(&document.finish(&world.identities)).await;
    assert!(answer.contains("<typeCode code=\"AA\"/>"), "{answer}");
    let found =
        world.send(&Draft::of("search").with(code, &temporary(2026)).numbered(2).finish(&world.identities)).await;
    assert!(found.contains(&format!("{STEM}501")) && found.contains(&temporary(2026)), "{found}");
    assert!(!found.contains("\"1.2.246.21\" extension=\"17\""), "{found}");
    let none =
        world.send(&Draft::of("search").with(code, &temporary(2025)).numbered(3).finish(&world.identities)).await;
    assert!(!none.contains(&format!("{STEM}501")), "{none}");
}
