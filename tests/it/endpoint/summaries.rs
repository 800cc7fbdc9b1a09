//! The summary of a client, and document groups that real messages of nobody have shown.

use kantakoe::domain::Operation;
use kantakoe::kanta::{DisclosureQuery, PlantedDocument, PlantedKind};

use super::messages::{Draft, STEM};
use super::world::{ORGANISATION, OTHER, PERSON, World, planted};

fn summary() -> Draft {
    Draft::of("search")
        .with("RCMR_IN000031UV01", "RCMR_IN000029UV01")
        .with("\"search-documents\"", "\"search-summary\"")
}

fn of_other(draft: Draft) -> Draft {
    draft.with("</patientId>", &format!("</patientId><custodianId><value root=\"{OTHER}\"/></custodianId>"))
}

async fn sent(world: &World, draft: &Draft) -> String {
    world.send(&draft.finish(&world.identities)).await
}

/// Rows of the summary in an answer: relationship, matter, group, count, number of the latest document.
fn rows(answer: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(answer).expect("well-formed");
    let documents = document.descendants().filter(|node| node.tag_name().name() == "documents");
    let row = |node: roxmltree::Node<'_, '_>| {
        let above = |name: &str| {
            let holder = node.ancestors().find(|node| node.tag_name().name() == name);
            holder.and_then(|holder| holder.attribute("id")).map_or("-", |id| id.trim_start_matches(STEM)).to_owned()
        };
        let own = |name: &str| node.attribute(name).unwrap_or("-").trim_start_matches(STEM).to_owned();
        let (relationship, matter) = (above("clientRelationship"), above("matter"));
        format!("{relationship} {matter} {} {} {} {}", own("group"), own("type"), own("count"), own("latest"))
    };
    documents.map(row).collect()
}

fn id(number: u32) -> String {
    format!("{STEM}{number}")
}

fn plant(world: &World, number: u32, kind: PlantedKind) {
    world.kanta.plant(&PlantedDocument { kind, ..planted(number, ORGANISATION, false) }).expect("plant");
}

#[tokio::test]
async fn a_summary_counts_newest_valid_documents_by_matter() {
    let world = World::start().await;
    plant(&world, 300, PlantedKind::ClientRelationship);
    plant(&world, 400, PlantedKind::Matter { relationship: id(300) });
    world.plant(501, ORGANISATION, false);
    world.plant(502, ORGANISATION, false);
    world.plant(503, ORGANISATION, true);
    let second =
        PlantedDocument { id: id(592), version: 2, replaces: Some(id(502)), ..planted(502, ORGANISATION, false) };
    world.kanta.plant(&second).expect("plant");
    plant(&world, 504, PlantedKind::ClientDocument { matter: id(499) });
    let answer = sent(&world, &summary()).await;
    let expected = ["- 499 5 19005 1 504", "300 - 1 - 1 300", "300 400 2 - 1 400", "300 400 5 19005 2 592"];
    assert_eq!(rows(&answer), expected, "{answer}");
    assert!(answer.contains("<RCMR_IN000030UV01") && !answer.contains("clinicalDocument>"), "{answer}");
    let exchange = world.last();
    assert_eq!((exchange.operation, exchange.persons), (Operation::Summarise, vec![PERSON.to_owned()]));
    assert_eq!(exchange.handed_out, [id(504), id(300), id(400), id(592)]);
}

#[tokio::test]
async fn what_is_withheld_shows_in_no_number_and_a_summary_is_a_disclosure() {
    let world = World::start().await;
    world.plant(501, OTHER, false);
    world.plant(502, OTHER, false);
    let refused = sent(&world, &of_other(summary())).await;
    assert!(refused.contains("5Y00009") && rows(&refused).is_empty(), "{refused}");
    world.disclose();
    let declared = kantakoe::domain::Declared::Prohibition {
        targets: vec![kantakoe::domain::DeclarationTarget::Document(id(501))],
    };
    let (number, stored) = ("1.2.246.10.99999992.95.2026.8.9".to_owned(), jiff::Timestamp::now());
    let prohibition = kantakoe::kanta::Declaration { id: number, person: PERSON.to_owned(), declared, stored };
    world.kanta.declare(prohibition).expect("declare");
    let answer = sent(&world, &of_other(summary()).numbered(2)).await;
    assert_eq!(rows(&answer), ["- 400 5 19005 1 502"], "{answer}");
    assert!(!answer.contains(&id(501)));
    let log = DisclosureQuery::between(ORGANISATION, None, None).expect("query");
    let entries = world.kanta.disclosures(&log).expect("log");
    assert_eq!(
        entries.iter().map(|entry| (entry.with_content, entry.documents.clone())).collect::<Vec<_>>(),
        [(false, vec![id(502)])]
    );
}

#[tokio::test]
async fn nothing_to_sum_up_is_no_error() {
    let world = World::start().await;
    let answer = sent(&world, &summary()).await;
    assert!(answer.contains("<typeCode code=\"AA\"/>") && answer.contains("code=\"NF\""), "{answer}");
    assert!(!answer.contains("<summary"), "{answer}");
}

/// The fixture of a client document as one of another group.
fn of_group(group: &str, request: &str) -> Draft {
    let placeholder = format!("code=\"{request}\" codeSystem=\"2.25.255107866319923602995655518239666143274\"");
    Draft::of("client-document")
        .with("code=\"SP17\" codeSystem=\"1.2.246.537.6.1503.201601\"", &placeholder)
        .with("documentGroup code=\"5\"", &format!("documentGroup code=\"{group}\""))
}

#[tokio::test]
async fn documents_of_the_first_phase_point_to_a_matter_and_old_ones_to_a_relationship() {
    let world = World::strict().await;
    let first = of_group("3", "store-first-phase-document");
    let refused = sent(&world, &first).await;
    assert!(refused.contains("[reference-not-found] expected: a matter in the archive"), "{refused}");
    let old = of_group("4", "store-old-document");
    let refused = sent(&world, &old.clone().numbered(2)).await;
    assert!(refused.contains("[header-element-missing]"), "{refused}");
    assert!(refused.contains("encompassingClientRelationship</location>"), "{refused}");
    let end = "</hl7fi:contentSpecificationId>";
    let pointer = format!("{end}<hl7fi:encompassingClientRelationship root=\"{}\"/>", id(300));
    let old = old.with(end, &pointer);
    let refused = sent(&world, &old.clone().numbered(3)).await;
    assert!(refused.contains("[reference-not-found] expected: a client relationship in the archive"), "{refused}");
    plant(&world, 300, PlantedKind::ClientRelationship);
    plant(&world, 400, PlantedKind::Matter { relationship: id(300) });
    for taken in [old.numbered(4), first.with("2026.9.501", "2026.9.601").numbered(5)] {
        let answer = sent(&world, &taken).await;
        assert!(answer.contains("<typeCode code=\"AA\"/>"), "{answer}");
    }
}
