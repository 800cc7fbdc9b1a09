//! Archives side by side: what one holds, no other sees.

use std::collections::BTreeSet;
use std::path::Path;

use kantakoe::evidence::{Entry, read_journal};
use kantakoe::kanta::{AloneSettings, Kanta, LaneBy, LaneSettings, RunningKanta};
use kantakoe::pki::{CertificateValidity, Identities, Identity, TestAuthority};
use proptest::prelude::{ProptestConfig, Strategy};

use super::alone::settings;
use super::messages::{Draft, STEM};
use super::world::{ORGANISATION, OTHER, caller, subject};
use crate::pki::made;

/// An endpoint with at most three lanes.
struct Endpoint {
    kanta: RunningKanta,
    identities: Identities,
    folder: tempfile::TempDir,
}

impl Endpoint {
    async fn start(by: LaneBy, tls: bool) -> Self {
        let folder = tempfile::tempdir().expect("folder");
        made(&folder.path().join("identities"));
        let lanes = LaneSettings { most: 3, by, ..LaneSettings::default() };
        let settings = AloneSettings { lanes, ..settings(folder.path(), "localhost", tls) };
        let (kanta, path) = Kanta::start_alone(settings).await.expect("start");
        Self { kanta, identities: Identities::read_folder(&path).expect("identities"), folder }
    }

    /// Address of the archive of a lane; the empty name is the main archive.
    fn archive(&self, lane: &str) -> String {
        let url = self.kanta.archive_url();
        if lane.is_empty() { url } else { url.replace("/archive", &format!("/lane/{lane}/archive")) }
    }

    async fn post(&self, client: &reqwest::Client, url: &str, message: String) -> (u16, String) {
        let post = client.post(url).header("content-type", "text/xml").body(message);
        let answer = post.send().await.expect("answer");
        (answer.status().as_u16(), answer.text().await.expect("text"))
    }
}

fn plain() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().expect("client")
}

fn document(identities: &Identities, number: u32, message: u32) -> String {
    let draft = Draft::of("client-document").with(&format!("{STEM}501"), &format!("{STEM}{}", 600 + number));
    draft.numbered(message).finish(identities)
}

/// Numbers of the documents that a search found.
fn found(answer: &str) -> BTreeSet<u32> {
    let start = format!("<setId root=\"{STEM}");
    let ids = answer.split(&start).skip(1);
    ids.filter_map(|rest| rest.split('"').next()?.parse::<u32>().ok()).map(|number| number - 600).collect()
}

/// Stores a document in a lane, or searches there.
#[derive(Debug, Clone)]
enum Act {
    Store(usize, u32),
    Search(usize),
}

const LANES: [&str; 4] = ["", "one", "two", "vendor-3"];

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let store = (0..LANES.len(), 0_u32..6).prop_map(|(lane, number)| Act::Store(lane, number));
    let search = (0..LANES.len()).prop_map(Act::Search);
    proptest::collection::vec(proptest::prop_oneof![store, search], 1..14)
}

/// What each lane shows is what was stored there and nothing else, whatever goes on in the others.
async fn isolated(endpoint: &Endpoint, acts: &[Act]) {
    let client = plain();
    let mut model = vec![BTreeSet::new(); LANES.len()];
    let all = acts.iter().cloned().chain((0..LANES.len()).map(Act::Search));
    for (message, act) in (1..).zip(all) {
        match act {
            Act::Store(lane, number) => {
                let body = document(&endpoint.identities, number, message);
                let (_, answer) = endpoint.post(&client, &endpoint.archive(LANES[lane]), body).await;
                let is_new = model[lane].insert(number);
                let expected = if is_new { "AA" } else { "AE" };
                assert!(answer.contains(&format!("<typeCode code=\"{expected}\"/>")), "{is_new}: {answer}");
            }
            Act::Search(lane) => {
                let search = Draft::of("search").numbered(message).finish(&endpoint.identities);
                let (_, answer) = endpoint.post(&client, &endpoint.archive(LANES[lane]), search).await;
                assert_eq!(found(&answer), model[lane], "{} of {acts:?}", LANES[lane]);
            }
        }
    }
}

proptest::proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn no_lane_sees_what_another_holds(acts in acts()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
        runtime.block_on(async { isolated(&Endpoint::start(LaneBy::Path, false).await, &acts).await });
    }
}

fn exchanges(journal: &Path) -> usize {
    let entries = read_journal(journal).expect("a chain that holds");
    entries.iter().filter(|entry| matches!(entry, Entry::Exchange(_))).count()
}

#[tokio::test]
async fn lanes_are_bounded_and_keep_evidence_of_their_own() {
    let endpoint = Endpoint::start(LaneBy::Path, false).await;
    let client = plain();
    for (lane, status) in [("a", 200), ("b", 200), ("c", 200), ("d", 404), ("A", 404), ("a..b", 404), ("a", 200)] {
        let url = format!("{}?wsdl", endpoint.archive(lane));
        let answer = client.get(url).send().await.expect("answer");
        assert_eq!(answer.status(), status, "{lane}");
        let text = answer.text().await.expect("text");
        assert_eq!(text.contains(&format!("/lane/{lane}/archive")), status == 200, "{lane}: {text}");
    }
    let lanes = endpoint.folder.path().join("lanes");
    assert_eq!(exchanges(&lanes.join("a/journal")), 2);
    assert_eq!(exchanges(&lanes.join("b/journal")), 1);
    assert!(!lanes.join("d").exists());
    assert_eq!(exchanges(&endpoint.folder.path().join("journal")), 3, "what has no lane is evidence too");
}

#[tokio::test]
async fn organisations_have_a_lane_each() {
    let endpoint = Endpoint::start(LaneBy::Organisation, true).await;
    let own = &endpoint.identities;
    let key = std::fs::read_to_string(endpoint.folder.path().join("identities/ca.key")).expect("key");
    let authority = TestAuthority::read(own.authority.clone(), &key, jiff::Timestamp::now()).expect("authority");
    let other: Identity = authority.client(&subject(OTHER), CertificateValidity::Current).expect("identity");
    let clients = [&own.client, &other].map(|identity| caller(&own.authority, Some(identity)).expect("client"));
    let url = endpoint.kanta.archive_url();
    let (_, answer) = endpoint.post(&clients[0], &url, document(own, 1, 1)).await;
    assert!(answer.contains("<typeCode code=\"AA\"/>"), "{answer}");
    let searches = [Draft::of("search").numbered(2), Draft::of("search").numbered(3).with(ORGANISATION, OTHER)];
    let mut seen = Vec::new();
    for (client, search) in clients.iter().zip(searches) {
        seen.push(found(&endpoint.post(client, &url, search.finish(own)).await.1));
    }
    assert_eq!(seen, [BTreeSet::from([1]), BTreeSet::new()]);
    for organisation in [ORGANISATION, OTHER] {
        let journal = endpoint.folder.path().join("lanes").join(organisation).join("journal");
        assert!(exchanges(&journal) > 0, "{organisation}");
    }
}

#[tokio::test]
async fn a_lane_goes_on_after_a_restart() {
    let endpoint = Endpoint::start(LaneBy::Path, false).await;
    let (client, message) = (plain(), document(&endpoint.identities, 1, 1));
    let (_, first) = endpoint.post(&client, &endpoint.archive("one"), message.clone()).await;
    endpoint.kanta.stop().await;
    let lanes = LaneSettings { most: 3, ..LaneSettings::default() };
    let again = AloneSettings { lanes, ..settings(endpoint.folder.path(), "localhost", false) };
    let (kanta, _) = Kanta::start_alone(again).await.expect("start");
    let endpoint = Endpoint { kanta, ..endpoint };
    let (_, again) = endpoint.post(&client, &endpoint.archive("one"), message).await;
    assert_eq!(again, first);
}
