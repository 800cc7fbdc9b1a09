//! The archive beside a model that is simple enough to be seen right: whatever is stored, corrected,
//! nullified, repeated and asked for, in whatever order, both hold and answer the same.

use std::collections::{BTreeMap, BTreeSet};

use kantakoe::kanta::{AloneSettings, Kanta, RunningKanta};
use kantakoe::pki::Identities;
use kantakoe::rule::Strictness;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::endpoint::alone::settings;
use crate::endpoint::messages::{Draft, STEM};
use crate::endpoint::world::{OTHER, PERSON, caller, planted};

/// Another controller's document.
const FOREIGN: u32 = 3;

/// A version as a message brings it. The identifier tells set, number and branch; whatever else the
/// message says may contradict what came under that identifier before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    set: u32,
    number: u32,
    /// Tells apart those who correct the same version.
    branch: u32,
    text: u32,
    nullifies: bool,
}

#[derive(Debug, Clone)]
enum Step {
    Bring(Version),
    /// Two messages at the same moment.
    Race(Version, Version),
    /// A message that was sent before, byte by byte.
    Repeat(Index),
    /// A new document under the number of a message that was sent before.
    Reuse(Index, Version),
    Search {
        metadata: bool,
        all_versions: bool,
        nullified: bool,
        foreign: bool,
    },
    Retrieve {
        set: u32,
        number: u32,
        branch: u32,
    },
}

fn version() -> impl Strategy<Value = Version> {
    (0..=FOREIGN, 1_u32..5, 0_u32..2, 0_u32..2, prop::bool::weighted(0.15)).prop_map(
        |(set, number, branch, text, nullifies)| {
            // A first version has nothing before it to correct or nullify, and gives the set its name.
            let first = number == 1;
            Version { set, number, branch: if first { 0 } else { branch }, text, nullifies: nullifies && !first }
        },
    )
}

fn step() -> impl Strategy<Value = Step> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), prop::bool::weighted(0.2));
    let search = flags.prop_map(|(metadata, all_versions, nullified, foreign)| Step::Search {
        metadata,
        all_versions,
        nullified,
        foreign,
    });
    let retrieve = (0..=FOREIGN, 1_u32..5, 0_u32..2).prop_map(|(set, number, branch)| Step::Retrieve {
        set,
        number,
        branch: if number == 1 { 0 } else { branch },
    });
    prop_oneof![
        6 => version().prop_map(Step::Bring),
        1 => (version(), version()).prop_map(|(one, other)| Step::Race(one, other)),
        1 => any::<Index>().prop_map(Step::Repeat),
        1 => (any::<Index>(), version()).prop_map(|(index, version)| Step::Reuse(index, version)),
        2 => search,
        1 => retrieve,
    ]
}

fn id(set: u32, number: u32, branch: u32) -> String {
    format!("{STEM}{}", 6000 + set * 100 + number * 10 + branch)
}

impl Version {
    fn id(self) -> String {
        id(self.set, self.number, self.branch)
    }

    fn draft(self) -> Draft {
        let own = format!("{STEM}501");
        let draft = Draft::of("client-document").with("Sovittu tapaaminen.", &format!("Sisältö {}.", self.text));
        if self.number == 1 {
            return draft.with(&own, &self.id());
        }
        let set = id(self.set, 1, 0);
        let before = (self.number - 1).to_string();
        // The version before is named by the branch that came of the same number of this one.
        let parent = if self.number == 2 { set.clone() } else { id(self.set, self.number - 1, self.branch) };
        let link = format!(
            "<relatedDocument typeCode=\"RPLC\"><parentDocument><id root=\"{parent}\"/><setId root=\"{set}\"/>\
             <versionNumber value=\"{before}\"/></parentDocument></relatedDocument><componentOf>"
        );
        let draft = draft
            .with(&format!("<setId root=\"{own}\"/>"), &format!("<setId root=\"{set}\"/>"))
            .with("<versionNumber value=\"1\"/>", &format!("<versionNumber value=\"{}\"/>", self.number))
            .with("<componentOf>", &link)
            .with(&own, &self.id());
        if self.nullifies { draft.with("\"COMPLETED\"", "\"NULLIFIED\"") } else { draft }
    }

    fn parent(self) -> String {
        id(self.set, self.number - 1, if self.number == 2 { 0 } else { self.branch })
    }
}

/// What the archive should hold.
#[derive(Debug, Default, Clone, PartialEq)]
struct Model {
    /// Identifier to set, number and whether nullified.
    documents: BTreeMap<String, (u32, u32, bool)>,
}

impl Model {
    fn newest(&self, set: u32) -> Option<(&String, u32)> {
        let of_set = self.documents.iter().filter(|(_, document)| document.0 == set);
        of_set.max_by_key(|(_, document)| document.1).map(|(id, document)| (id, document.1))
    }

    /// Whether a version is taken: its identifier is new, and it follows the newest of its set.
    fn takes(&mut self, version: Version) -> bool {
        let follows = match self.newest(version.set) {
            None => version.number == 1,
            Some((id, number)) => version.number == number + 1 && *id == version.parent(),
        };
        let taken = follows && version.set != FOREIGN;
        if taken {
            self.documents.insert(version.id(), (version.set, version.number, version.nullifies));
            let nullified = version.nullifies;
            let of_set = self.documents.values_mut().filter(|document| document.0 == version.set);
            of_set.for_each(|document| document.2 |= nullified);
        }
        taken
    }

    fn found(&self, all_versions: bool, nullified: bool) -> Vec<String> {
        let shown = |(_, (set, number, void)): &(&String, &(u32, u32, bool))| {
            let newest = self.newest(*set).is_some_and(|(_, newest)| newest == *number);
            *set != FOREIGN && (all_versions || newest) && (nullified || !void)
        };
        self.documents.iter().filter(shown).map(|(id, _)| id.clone()).collect()
    }
}

/// A message that was sent, what it brought, and its answer.
struct Sent {
    number: u32,
    version: Version,
    message: String,
    answer: String,
}

/// The archive and its model, and the way to both.
struct Pair {
    kanta: RunningKanta,
    identities: Identities,
    client: reqwest::Client,
    model: Model,
    sent: Vec<Sent>,
    number: u32,
    _folder: tempfile::TempDir,
}

impl Pair {
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let settings = AloneSettings { strictness: Strictness::Fail, ..settings(folder.path(), "localhost", false) };
        let (kanta, path) = Kanta::start_alone(settings).await.expect("start");
        let identities = Identities::read_folder(&path).expect("identities");
        let client = caller(&identities.authority, None).expect("client");
        let mut foreign = planted(1, OTHER, false);
        (foreign.id, foreign.set_id) = (id(FOREIGN, 1, 0), id(FOREIGN, 1, 0));
        kanta.plant(&foreign).expect("plant");
        let mut model = Model::default();
        model.documents.insert(id(FOREIGN, 1, 0), (FOREIGN, 1, false));
        let mut pair = Self { kanta, identities, client, model, sent: Vec::new(), number: 100, _folder: folder };
        for fixture in ["client-relationship", "matter"] {
            let message = pair.numbered(&Draft::of(fixture));
            let answer = pair.post(message).await;
            assert!(is_accepted(&answer), "{answer}");
        }
        pair
    }

    fn numbered(&mut self, draft: &Draft) -> String {
        self.number += 1;
        self.with_number(draft, self.number)
    }

    fn with_number(&self, draft: &Draft, number: u32) -> String {
        draft.finish(&self.identities).replace("extension=\"1000001\"", &format!("extension=\"{number}\""))
    }

    async fn post(&self, message: String) -> String {
        let request = self.client.post(self.kanta.archive_url()).header("content-type", "text/xml").body(message);
        request.send().await.expect("answer").text().await.expect("text")
    }

    async fn take(&mut self, step: &Step) {
        match step {
            Step::Bring(version) => self.bring(*version).await,
            Step::Race(one, other) => self.race(*one, *other).await,
            Step::Repeat(index) if !self.sent.is_empty() => {
                let sent = index.get(&self.sent);
                assert_eq!(self.post(sent.message.clone()).await, sent.answer, "a repeated message");
            }
            Step::Reuse(index, version) if !self.sent.is_empty() => {
                let sent = index.get(&self.sent);
                let answer = self.post(self.with_number(&version.draft(), sent.number)).await;
                match sent.version == *version {
                    true => assert_eq!(answer, sent.answer),
                    false => assert!(!is_accepted(&answer) && answer.contains("[message-id-reused]"), "{answer}"),
                }
            }
            Step::Repeat(_) | Step::Reuse(..) => {}
            Step::Search { metadata, all_versions, nullified, foreign } => {
                let found = self.search(*metadata, *all_versions, *nullified, *foreign).await;
                let expected = if *foreign { Vec::new() } else { self.model.found(*all_versions, *nullified) };
                assert_eq!(found, expected, "{step:?}");
            }
            Step::Retrieve { set, number, branch } => {
                let wanted = id(*set, *number, *branch);
                let found = self
                    .asked(&format!("<clinicalDocumentId><value root=\"{wanted}\"/></clinicalDocumentId>"), false)
                    .await;
                let is_there = self.model.found(true, false).contains(&wanted);
                assert_eq!(found, if is_there { vec![wanted] } else { Vec::new() }, "{step:?}");
            }
        }
        self.compare();
    }

    async fn bring(&mut self, version: Version) {
        let message = self.numbered(&version.draft());
        let answer = self.post(message.clone()).await;
        assert_eq!(is_accepted(&answer), self.model.takes(version), "{version:?}: {answer}");
        self.sent.push(Sent { number: self.number, version, message, answer });
    }

    /// Two at once must end as one after the other would, in one order or the other.
    async fn race(&mut self, one: Version, other: Version) {
        let (first, second) = (self.numbered(&one.draft()), self.numbered(&other.draft()));
        let (first, second) = tokio::join!(self.post(first), self.post(second));
        let came = (is_accepted(&first), is_accepted(&second));
        let mut forward = self.model.clone();
        let ahead = forward.takes(one);
        let forward_end = (ahead, forward.takes(other));
        let mut backward = self.model.clone();
        let ahead = backward.takes(other);
        let backward_end = (backward.takes(one), ahead);
        assert!(came == forward_end || came == backward_end, "{one:?}, {other:?}: {first}\n{second}");
        let held = self.held();
        self.model = if came == forward_end && held == forward.documents { forward } else { backward };
    }

    async fn search(&mut self, metadata: bool, all_versions: bool, nullified: bool, foreign: bool) -> Vec<String> {
        let mut parameters = String::new();
        for (name, is_set) in [("allVersions", all_versions), ("includeNullified", nullified)] {
            if is_set {
                parameters += &format!("<{name}><value value=\"true\"/></{name}>");
            }
        }
        if foreign {
            parameters += &format!("<custodianId><value root=\"{OTHER}\"/></custodianId>");
        }
        self.asked(&parameters, metadata).await
    }

    /// Identifiers of the notes that a query with these parameters finds, sorted.
    async fn asked(&mut self, parameters: &str, metadata: bool) -> Vec<String> {
        let query = Draft::of("search").with("</patientId>", &format!("</patientId>{parameters}"));
        let kinds = ("RCMR_IN000031UV01", "RCMR_IN000029UV01");
        let query =
            if metadata { query.with(kinds.0, kinds.1).with("search-documents", "search-metadata") } else { query };
        let message = self.numbered(&query);
        let answer = self.post(message).await;
        assert!(is_accepted(&answer), "{answer}");
        let document = roxmltree::Document::parse(&answer).expect("well-formed");
        let found = document.descendants().filter(|node| node.tag_name().name() == "clinicalDocument");
        let id = |node: roxmltree::Node<'_, '_>| {
            let id = node.children().find(|child| child.tag_name().name() == "id").expect("id");
            id.attribute("root").expect("root").to_owned()
        };
        let mut ids: Vec<String> = found.map(id).filter(|id| is_note(id)).collect();
        ids.sort();
        ids
    }

    fn held(&self) -> BTreeMap<String, (u32, u32, bool)> {
        let documents = self.kanta.snapshot(&[PERSON.to_owned()], "model").expect("snapshot").documents;
        let notes = documents.into_iter().filter(|document| is_note(&document.id));
        let set = |set_id: &str| (0..=FOREIGN).find(|set| id(*set, 1, 0) == set_id).expect("a set of ours");
        notes.map(|note| (note.id, (set(&note.set_id), note.version, note.nullified))).collect()
    }

    /// The archive holds what the model holds, and no set holds two of one version.
    fn compare(&self) {
        let held = self.held();
        assert_eq!(held, self.model.documents);
        let versions: BTreeSet<_> = held.values().map(|(set, number, _)| (set, number)).collect();
        assert_eq!(versions.len(), held.len(), "a set is forked");
    }
}

fn is_accepted(answer: &str) -> bool {
    answer.contains("<typeCode code=\"AA\"/>")
}

/// Whether an identifier is one of the model's, and not of the relationship or the matter above them.
fn is_note(id: &str) -> bool {
    id.strip_prefix(STEM).is_some_and(|number| number.len() == 4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 60, ..ProptestConfig::default() })]
    #[test]
    fn the_archive_does_as_its_model(steps in prop::collection::vec(step(), 40..80)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        runtime.expect("runtime").block_on(async {
            let mut pair = Pair::start().await;
            for step in &steps {
                pair.take(step).await;
            }
        });
    }
}
