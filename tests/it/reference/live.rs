//! The reference system against the simulated Kanta, over mutual TLS.

use std::collections::BTreeSet;

use kantakoe::domain::{Fault as Trouble, Operation};
use kantakoe::evidence::Exchange;
use kantakoe::kanta::FaultPlan;
use kantakoe::reading::read_use_log;
use kantakoe::reference::{Fault, RunningReference, Variant, start};
use kantakoe::rule::use_log::{UseLogCase, judge};
use kantakoe::rule::{Catalogue, Finding, Strictness};
use kantakoe::source::SourceFile;
use serde_json::{Value, json};

use super::bench::{CLIENT, OTHER_CLIENT, Setup, act, person, set_id, settings};
use super::judged::disclosures;
use crate::endpoint::world::{OTHER, World};
use crate::support::PROFILE;

const TEXT: &str = "Näyteteksti m-3";

/// A system and its simulated Kanta.
struct Live {
    world: World,
    system: RunningReference,
}

impl Live {
    async fn start(setup: Setup) -> Self {
        let world = World::start().await;
        let archive = world.kanta.archive_url();
        let root = archive.trim_end_matches("/archive");
        let system = start(settings(root, &world.identities, setup)).await.expect("start");
        let live = Self { world, system };
        for client in [CLIENT, OTHER_CLIENT] {
            live.act("know-client", json!({"person": person(client)})).await;
        }
        live
    }

    async fn act(&self, action: &str, parameters: Value) -> Value {
        let base = format!("http://{}", self.system.address);
        let key = format!("{}{action}{parameters}", self.world.exchanges().len());
        act(&base, &key, action, parameters).await
    }

    async fn done(&self, action: &str, parameters: Value) -> Value {
        let ending = self.act(action, parameters).await;
        assert_eq!(ending["outcome"], "succeeded", "{ending}");
        ending
    }

    /// Stores relationship and matter; gives the parameters of a document.
    async fn matter(&self) -> Value {
        let relationship = self.done("store-client-relationship", json!({"client": CLIENT, "marker": "m-1"})).await;
        let relationship = set_id(&relationship);
        let matter = json!({"client": CLIENT, "relationship": relationship, "title": "Asia", "marker": "m-2"});
        let matter = set_id(&self.done("store-matter", matter).await);
        json!({"client": CLIENT, "matter": matter, "document-type": "19005", "text": TEXT, "marker": "m-3"})
    }

    fn play(&self, operation: Operation, fault: Trouble, times: u32) {
        self.world.kanta.play(FaultPlan { person: CLIENT.to_owned(), operation, fault, times });
    }

    /// How many documents and notices the archive holds of the client.
    fn held(&self) -> (usize, usize) {
        let snapshot = self.world.kanta.snapshot(&[CLIENT.to_owned()], "live").expect("snapshot");
        (snapshot.documents.len(), snapshot.notices.len())
    }

    /// What the rules find in the system's use log.
    async fn log_findings(&self) -> Vec<Finding> {
        let period = json!({"from": "2020-01-01T00:00:00Z", "until": "2100-01-01T00:00:00Z"});
        let told = self.act("use-log", period).await;
        let log = read_use_log(&told["result"]);
        let exchanges = self.world.exchanges();
        let seen: BTreeSet<String> = exchanges.iter().filter_map(|exchange| exchange.message_id.clone()).collect();
        let case = UseLogCase {
            log: &log,
            exchanges: &exchanges.iter().collect::<Vec<&Exchange>>(),
            actions: &[],
            seen: &seen,
            persons: &[],
            forbidden: &[TEXT.to_owned()],
            profile: &PROFILE,
        };
        judge(&case, &catalogue(), Strictness::Fail)
    }
}

fn catalogue() -> Catalogue {
    let file = |name: &str| {
        let path = format!("{}/catalogue/{name}", env!("CARGO_MANIFEST_DIR"));
        SourceFile::new(name, std::fs::read_to_string(path).expect("catalogue"))
    };
    Catalogue::read(&file("requirements.toml"), &file("findings.toml")).expect("catalogue")
}

#[tokio::test]
async fn every_variant_goes_through() {
    for variant in Variant::all() {
        let live = Live::start(Setup { variant, ..Setup::default() }).await;
        let document = live.matter().await;
        let document = set_id(&live.done("store-client-document", document).await);
        let search = json!({"client": CLIENT, "from": "2026-01-01", "document-group": "5"});
        let found = live.done("search-documents", search.clone()).await;
        assert_eq!(found["result"]["documents"][0]["text"], TEXT, "{}", variant.name);
        let correction = json!({"client": CLIENT, "document": document, "text": "Korjattu m-4", "marker": "m-4"});
        let corrected = live.done("correct-document", correction).await["result"]["document"]["id"].clone();
        let view = json!({"client": CLIENT, "document": corrected});
        assert_eq!(live.done("view-document", view).await["result"]["document"]["text"], "Korjattu m-4");
        live.done("record-disclosures", disclosures(&document)).await;
        live.done("nullify-document", json!({"client": CLIENT, "document": document, "reason": ""})).await;
        let found = live.done("search-metadata", search).await;
        assert_eq!(found["result"]["documents"], json!([]), "{}", variant.name);
        for exchange in live.world.exchanges() {
            assert_eq!((exchange.accepted, exchange.refused_for), (true, vec![]), "{}", variant.name);
        }
        assert_eq!(live.log_findings().await, [], "{}", variant.name);
    }
}

/// Whether Kanta refuses for good what it is sent, in the archive as at the FHIR root.
fn is_refusal(trouble: Trouble) -> bool {
    let refusals = [
        Trouble::ErrorAnswer,
        Trouble::SeveralIssues,
        Trouble::UnknownErrorCode,
        Trouble::ValidationIssue,
        Trouble::AccessRefused,
    ];
    refusals.contains(&trouble)
}

#[tokio::test]
async fn whatever_kanta_plays_a_document_is_stored_once_or_shown_as_refused() {
    for &trouble in Trouble::ALL.iter().filter(|trouble| !trouble.shows_in_handshakes()) {
        let live = Live::start(Setup::default()).await;
        let document = live.matter().await;
        live.play(Operation::Store, trouble, 1);
        let ending = live.act("store-client-document", document).await;
        let refused = matches!(trouble, Trouble::RejectAnswer) || is_refusal(trouble);
        let expected = if refused { ("refused", 2) } else { ("succeeded", 3) };
        assert_eq!((ending["outcome"].as_str(), live.held().0), (Some(expected.0), expected.1), "{}", trouble.name());
        assert_eq!(live.log_findings().await, [], "{}", trouble.name());
    }
}

#[tokio::test]
async fn whatever_kanta_plays_a_notice_is_stored_once_or_shown_as_refused() {
    for &trouble in Trouble::ALL.iter().filter(|trouble| !trouble.shows_in_handshakes()) {
        let live = Live::start(Setup::default()).await;
        live.play(Operation::StoreNotice, trouble, 1);
        let ending = live.act("record-disclosures", disclosures("1.2.246.10.99999991.95.2026.1.1")).await;
        let refused = matches!(trouble, Trouble::EmptyBadRequest) || is_refusal(trouble);
        let expected = if refused { ("refused", 0) } else { ("succeeded", 2) };
        assert_eq!((ending["outcome"].as_str(), live.held().1), (Some(expected.0), expected.1), "{}", trouble.name());
        assert_eq!(live.log_findings().await, [], "{}", trouble.name());
    }
}

#[tokio::test]
async fn what_waits_through_an_outage_is_sent_afterwards() {
    let live = Live::start(Setup::default()).await;
    let document = live.matter().await;
    live.play(Operation::Store, Trouble::Unavailable, 4);
    live.play(Operation::StoreNotice, Trouble::Unavailable, 4);
    assert_eq!(live.act("store-client-document", document).await["outcome"], "failed");
    assert_eq!(live.act("record-disclosures", disclosures("1.2.3")).await["outcome"], "failed");
    assert_eq!(live.held(), (2, 0));
    assert_eq!(live.done("send-pending", json!({})).await["result"]["waiting"], 0);
    assert_eq!(live.held(), (3, 2));
    assert_eq!(live.log_findings().await, []);
}

#[tokio::test]
async fn a_document_of_another_controller_cannot_be_changed() {
    for (fault, outcome) in [(None, "refused"), (Some(Fault::HidesRefusal), "succeeded")] {
        let live = Live::start(Setup { fault, ..Setup::default() }).await;
        let foreign = live.world.plant(1, OTHER, false).set_id;
        let ending = live.act("nullify-document", json!({"client": CLIENT, "document": foreign, "reason": ""})).await;
        assert_eq!((&ending["outcome"], ending["errors"][0].is_object()), (&json!(outcome), outcome == "refused"));
        assert_eq!(live.held(), (1, 0));
        assert_eq!(live.log_findings().await, []);
    }
}

#[tokio::test]
async fn faults_of_sending_again_show_in_the_archive() {
    let live = Live::start(Setup { fault: Some(Fault::StoresTwiceAfterBrokenConnection), ..Setup::default() }).await;
    let document = live.matter().await;
    live.play(Operation::Store, Trouble::CloseAfterStoring, 1);
    live.done("store-client-document", document).await;
    assert_eq!(live.held().0, 4);
    let live = Live::start(Setup { fault: Some(Fault::NoticeStoredTwice), ..Setup::default() }).await;
    live.play(Operation::StoreNotice, Trouble::CloseAfterStoring, 1);
    live.done("record-disclosures", disclosures("1.2.3")).await;
    assert_eq!(live.held().1, 4);
}
