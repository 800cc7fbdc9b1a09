//! Results in pages: what a continuation gives, to whom, and for how long.

use std::sync::Arc;

use kantakoe::domain::{Declared, Fault, Operation};
use kantakoe::kanta::{AloneSettings, Clock, DisclosureQuery, FaultPlan, Kanta};
use kantakoe::pki::{Identities, Identity};
use kantakoe::profile::Profile;
use kantakoe::source::SourceFile;

use super::alone::settings;
use super::messages::{Draft, STEM};
use super::world::{ORGANISATION, OTHER, PERSON, World, caller, planted};

/// A search for so many results at a time.
fn search(quantity: usize) -> Draft {
    let quantity = format!("<statusCode code=\"new\"/><initialQuantity value=\"{quantity}\"/>");
    Draft::of("search").with("<statusCode code=\"new\"/>", &quantity)
}

/// The continuation from this result on, under a message number of its own.
fn next(start: usize, quantity: usize) -> Draft {
    Draft::of("continuation")
        .with("<startResultNumber value=\"3\"/>", &format!("<startResultNumber value=\"{start}\"/>"))
        .with("<continuationQuantity value=\"2\"/>", &format!("<continuationQuantity value=\"{quantity}\"/>"))
        .with("extension=\"1000002\"", &format!("extension=\"{}\"", 2_000_000 + start))
}

async fn sent(world: &World, draft: &Draft) -> String {
    world.send(&draft.finish(&world.identities)).await
}

/// Numbers of the documents in an answer, in order, with the total and what remains.
fn told(answer: &str) -> (Vec<u32>, usize, usize) {
    let document = roxmltree::Document::parse(answer).expect("well-formed");
    let quantity = |name: &str| {
        let node = document.descendants().find(|node| node.tag_name().name() == name).expect("quantity");
        node.attribute("value").expect("value").parse().expect("number")
    };
    let found = document.descendants().filter(|node| node.tag_name().name() == "clinicalDocument");
    let number = |node: roxmltree::Node<'_, '_>| {
        let id = node.children().find(|child| child.tag_name().name() == "id").expect("id");
        id.attribute("root").and_then(|id| id.strip_prefix(STEM)?.parse().ok()).expect("number")
    };
    (found.map(number).collect(), quantity("resultTotalQuantity"), quantity("resultRemainingQuantity"))
}

async fn world_of_five() -> World {
    let world = World::start().await;
    for number in 501..=505 {
        world.plant(number, ORGANISATION, false);
    }
    world
}

#[tokio::test]
async fn pages_follow_one_another_to_the_last() {
    let world = world_of_five().await;
    assert_eq!(told(&sent(&world, &search(2)).await), (vec![501, 502], 5, 3));
    let answer = sent(&world, &next(3, 2)).await;
    assert!(answer.contains("<RCMR_IN000032UV01") && answer.contains("multipart/related"), "{answer}");
    assert_eq!(told(&answer), (vec![503, 504], 5, 1));
    let exchange = world.last();
    assert_eq!((exchange.operation, exchange.persons), (Operation::ContinueQuery, vec![PERSON.to_owned()]));
    assert_eq!(exchange.handed_out, [format!("{STEM}503"), format!("{STEM}504")]);
    assert_eq!(told(&sent(&world, &next(5, 2)).await), (vec![505], 5, 0));
    assert_eq!(told(&sent(&world, &next(1, 5)).await), (vec![501, 502, 503, 504, 505], 5, 0), "any page again");
    let noted = world.kanta.handed_out(&format!("{STEM}504")).expect("log");
    assert_eq!(noted.iter().map(|one| one.exchange).collect::<Vec<_>>(), [2, 4]);
}

#[tokio::test]
async fn a_search_may_begin_in_the_middle() {
    let world = world_of_five().await;
    let from = |start: usize| {
        let start = format!("<startResultNumber><value value=\"{start}\"/></startResultNumber></parameterList>");
        search(2).with("</parameterList>", &start)
    };
    assert_eq!(told(&sent(&world, &from(4)).await), (vec![504, 505], 5, 0));
    let answer = sent(&world, &from(6).numbered(7)).await;
    assert!(answer.contains("code=\"QE\"") && answer.contains("[query-position-wrong]"), "{answer}");
    assert!(answer.contains("a number from 1 to 5") && answer.contains("/startResultNumber</location>"), "{answer}");
}

#[tokio::test]
async fn what_comes_later_does_not_come_in_and_what_is_nullified_falls_out() {
    let world = world_of_five().await;
    sent(&world, &search(2)).await;
    world.plant(500, ORGANISATION, false);
    world.plant(506, ORGANISATION, false);
    let corrected = kantakoe::kanta::PlantedDocument {
        id: format!("{STEM}593"),
        version: 2,
        replaces: Some(format!("{STEM}503")),
        ..planted(503, ORGANISATION, false)
    };
    world.kanta.plant(&corrected).expect("plant");
    let nullified = kantakoe::kanta::PlantedDocument {
        id: format!("{STEM}594"),
        version: 2,
        replaces: Some(format!("{STEM}504")),
        nullified: true,
        ..planted(504, ORGANISATION, false)
    };
    world.kanta.plant(&nullified).expect("plant");
    assert_eq!(told(&sent(&world, &next(3, 3)).await), (vec![503, 505], 5, 0));
    assert_eq!(told(&sent(&world, &search(9).numbered(8)).await).1, 6, "a new query finds what is there now");
}

#[tokio::test]
async fn positions_and_quantities_out_of_bounds_are_told() {
    let world = world_of_five().await;
    sent(&world, &search(2)).await;
    let behind = sent(&world, &next(6, 2)).await;
    assert!(behind.contains("code=\"QE\"") && behind.contains("[query-position-wrong]"), "{behind}");
    assert!(behind.contains("/startResultNumber/@value</location>"), "{behind}");
    assert_eq!(world.last().refused_for, ["query-position-wrong"]);
    for wrong in [next(3, 501), next(0, 2)] {
        let answer = sent(&world, &wrong).await;
        assert!(
            answer.contains("<typeCode code=\"AE\"/>") && answer.contains("[query-continuation-wrong]"),
            "{answer}"
        );
        assert_eq!(answer.matches("[query-continuation-wrong]").count(), 1, "{answer}");
    }
    let large = sent(&world, &search(501).numbered(9)).await;
    assert!(large.contains("code=\"QE\"") && large.contains("[query-parameter-wrong]"), "{large}");
}

#[tokio::test]
async fn a_query_without_identifier_cannot_be_continued_and_says_so() {
    let world = world_of_five().await;
    let nameless = search(2).with("<queryId root=\"1.2.246.10.99999991.10.0\" extension=\"1\"/>", "");
    let answer = sent(&world, &nameless).await;
    assert!(answer.contains("typeCode=\"I\"") && answer.contains("[query-not-open]"), "{answer}");
    let whole = sent(&world, &search(5).numbered(4)).await;
    assert!(!whole.contains("[query-not-open]"), "{whole}");
    let answer = sent(&world, &next(3, 2)).await;
    assert!(answer.contains("[query-unknown]") && answer.contains("/queryId</location>"), "{answer}");
    assert_eq!(world.last().refused_for, ["query-unknown"]);
}

#[tokio::test]
async fn a_query_is_open_to_its_caller_only_and_can_be_ended() {
    let world = world_of_five().await;
    sent(&world, &search(2)).await;
    let stranger = Draft::of("continuation")
        .with(&format!("root=\"{ORGANISATION}\" extension=\"1000002\""), "root=\"1.2.3\" extension=\"8\"");
    let stranger = stranger.with(
        &format!("<device classCode=\"DEV\" determinerCode=\"INSTANCE\"><id root=\"{ORGANISATION}\"/>"),
        &format!("<device classCode=\"DEV\" determinerCode=\"INSTANCE\"><id root=\"{OTHER}\"/>"),
    );
    let answer = sent(&world, &stranger).await;
    assert!(answer.contains("[query-unknown]") && !answer.contains("resultTotalQuantity"), "{answer}");
    assert!(world.last().persons.is_empty());
    let end = Draft::of("continuation").with("waitContinuedQueryResponse", "aborted");
    let ended = sent(&world, &end).await;
    assert!(ended.contains("<typeCode code=\"AA\"/>") && ended.contains("<MCCI_IN000002UV01"), "{ended}");
    assert!(sent(&world, &next(3, 2)).await.contains("[query-unknown]"));
}

#[tokio::test]
async fn each_page_is_disclosed_as_it_is_given_and_a_withdrawal_counts_at_once() {
    let world = World::start().await;
    world.disclose();
    for number in 501..=506 {
        world.plant(number, OTHER, false);
    }
    world
        .kanta
        .declare(kantakoe::kanta::Declaration {
            id: "1.2.246.10.99999992.95.2026.8.9".to_owned(),
            person: PERSON.to_owned(),
            declared: Declared::Prohibition {
                targets: vec![kantakoe::domain::DeclarationTarget::Document(format!("{STEM}502"))],
            },
            stored: jiff::Timestamp::now(),
        })
        .expect("declare");
    let of_other = format!("</patientId><custodianId><value root=\"{OTHER}\"/></custodianId>");
    let first = sent(&world, &search(2).with("</patientId>", &of_other)).await;
    assert_eq!(told(&first), (vec![501, 503], 5, 3));
    assert_eq!(told(&sent(&world, &next(3, 2)).await), (vec![504, 505], 5, 1));
    world.kanta.withdraw("1.2.246.10.99999992.95.2026.8.2", PERSON, jiff::Timestamp::now()).expect("withdraw");
    let last = sent(&world, &next(5, 2)).await;
    assert_eq!(told(&last).0, Vec::<u32>::new(), "the permit is withdrawn: {last}");
    assert!(!last.contains(&format!("{STEM}506")));
    let log = DisclosureQuery::between(ORGANISATION, None, None).expect("query");
    let entries = world.kanta.disclosures(&log).expect("log");
    let documents: Vec<Vec<String>> = entries.iter().map(|entry| entry.documents.clone()).collect();
    let named = |numbers: [u32; 2]| numbers.map(|number| format!("{STEM}{number}")).to_vec();
    assert_eq!(documents, [named([501, 503]), named([504, 505])]);
    assert_eq!(entries.iter().map(|entry| entry.exchange).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn a_query_is_open_for_its_time() {
    let folder = tempfile::tempdir().expect("folder");
    let text = Profile::built_in()
        .text
        .replace("open-seconds = 600", "open-seconds = 0")
        .replace("name = \"kanta-", "name = \"changed-");
    let profile = Arc::new(Profile::read(&SourceFile::new("p.toml", text)).expect("profile"));
    let clock = Clock::Fixed("2026-11-20T10:00:00Z".parse().expect("time"));
    let settings = AloneSettings { profile, clock, ..settings(folder.path(), "localhost", false) };
    let (kanta, path) = Kanta::start_alone(settings).await.expect("start");
    let identities = Identities::read_folder(&path).expect("identities");
    for number in 501..=503 {
        kanta.plant(&planted(number, ORGANISATION, false)).expect("plant");
    }
    let client = caller(&identities.authority, None::<&Identity>).expect("client");
    let mut answers = Vec::new();
    for draft in [search(2), next(3, 2)] {
        let post = client.post(kanta.archive_url()).header("content-type", "text/xml").body(draft.finish(&identities));
        answers.push(post.send().await.expect("answer").text().await.expect("text"));
    }
    assert_eq!(told(&answers[0]), (vec![501, 502], 3, 1));
    assert!(answers[1].contains("[query-unknown]"), "{}", answers[1]);
}

#[tokio::test]
async fn small_pages_are_played_for_the_whole_query() {
    let world = world_of_five().await;
    let operation = Operation::SearchDocuments;
    world.kanta.play(FaultPlan { person: PERSON.to_owned(), operation, fault: Fault::SmallPages, times: 1 });
    assert_eq!(told(&sent(&world, &search(100)).await), (vec![501, 502], 5, 3));
    assert_eq!(world.last().fault, Some(Fault::SmallPages));
    assert_eq!(told(&sent(&world, &next(3, 100)).await), (vec![503, 504], 5, 1));
}
