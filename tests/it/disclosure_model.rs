//! Disclosure beside a model that is simple enough to be seen right: whatever is stored, permitted,
//! forbidden, withdrawn and asked for, in whatever order, nothing is told that the model forbids: no
//! document, no metadata, no count, no text of an error.

mod changing;
mod said;
mod summing;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use kantakoe::domain::{DeclarationTarget, Declared, Person, Sector};
use kantakoe::kanta::RunningKanta;
use kantakoe::kanta::{AloneSettings, Declaration, DisclosureQuery, Kanta, Party, PlantedDocument, PlantedKind};
use kantakoe::pki::Identities;
use kantakoe::rule::Strictness;
use proptest::prelude::*;

pub use said::{information, permit, prohibition};

use crate::endpoint::alone::settings;
use crate::endpoint::messages::{Draft, STEM};
use crate::endpoint::world::{ORGANISATION, OTHER, caller, planted};

const PERSONS: [&str; 2] = ["010181-900C", "150675-901X"];
/// The organisation that asks, two other controllers, and one to whose register it has access.
const CONTROLLERS: [&str; 4] = [ORGANISATION, OTHER, "1.2.246.10.99999995.10.0", "1.2.246.10.99999994.10.0"];
const ACCESSIBLE: usize = 3;
const TASKS: [&str; 2] = ["24", "15"];
const SITUATIONS: [(&str, &str); 4] = [
    ("1", "1.2.246.537.6.1289.201901"),
    ("use-by-register-access", "2.25.164881940897364766539706513194035299512"),
    ("disclosure-by-permit", "2.25.164881940897364766539706513194035299512"),
    ("disclosure-by-law", "2.25.164881940897364766539706513194035299512"),
];
/// Positions in [`SITUATIONS`].
const BY_ACCESS: usize = 1;
const BY_PERMIT: usize = 2;
const BY_LAW: usize = 3;

/// A document: its number tells client, controller and service task.
type Number = u32;

const DOCUMENTS: Number = 16;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    Information,
    /// Position in [`DIRECTIONS`].
    Permit(usize),
    ForbidsDocument(Number),
    ForbidsTask(usize),
    ForbidsController(usize),
}

const DIRECTIONS: [(Sector, Sector); 3] = [
    (Sector::SocialWelfare, Sector::SocialWelfare),
    (Sector::HealthCare, Sector::HealthCare),
    (Sector::HealthCare, Sector::SocialWelfare),
];

#[derive(Debug, Clone)]
enum Step {
    /// The next version of a document comes.
    Plant(Number),
    /// A declaration is made, as a document of the archive or not.
    Declare(usize, Slot, bool),
    Withdraw(usize, Slot, bool),
    /// A client relationship of the organisation begins, or ends.
    Connect(usize),
    Search {
        person: usize,
        controller: Option<usize>,
        situation: usize,
        metadata: bool,
        all_versions: bool,
        quantity: usize,
    },
    Summarise {
        person: usize,
        controller: Option<usize>,
        situation: usize,
    },
    Retrieve {
        document: Number,
        version: u32,
        names_client: bool,
        controller: Option<usize>,
        situation: usize,
    },
    /// A correction or nullification of a document.
    Change {
        document: Number,
        nullifies: bool,
    },
}

fn slot() -> impl Strategy<Value = Slot> {
    prop_oneof![
        4 => Just(Slot::Information),
        4 => (0..DIRECTIONS.len()).prop_map(Slot::Permit),
        1 => (0..DOCUMENTS).prop_map(Slot::ForbidsDocument),
        1 => (0..TASKS.len()).prop_map(Slot::ForbidsTask),
        1 => (0..CONTROLLERS.len()).prop_map(Slot::ForbidsController),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let controller = || prop::option::weighted(0.7, 0..CONTROLLERS.len());
    let situation = || 0..SITUATIONS.len();
    let search = (0..2_usize, controller(), situation(), any::<bool>(), any::<bool>(), 1..4_usize).prop_map(
        |(person, controller, situation, metadata, all_versions, quantity)| Step::Search {
            person,
            controller,
            situation,
            metadata,
            all_versions,
            quantity,
        },
    );
    let summarise = (0..2_usize, controller(), situation())
        .prop_map(|(person, controller, situation)| Step::Summarise { person, controller, situation });
    let retrieve = (0..DOCUMENTS, 1..3_u32, any::<bool>(), controller(), situation()).prop_map(
        |(document, version, names_client, controller, situation)| Step::Retrieve {
            document,
            version,
            names_client,
            controller,
            situation,
        },
    );
    let change = (0..DOCUMENTS, any::<bool>()).prop_map(|(document, nullifies)| Step::Change { document, nullifies });
    prop_oneof![
        3 => (0..DOCUMENTS).prop_map(Step::Plant),
        4 => (0..2_usize, slot(), any::<bool>())
            .prop_map(|(person, slot, document)| Step::Declare(person, slot, document)),
        1 => (0..2_usize, slot(), any::<bool>())
            .prop_map(|(person, slot, document)| Step::Withdraw(person, slot, document)),
        1 => (0..2_usize).prop_map(Step::Connect),
        6 => search,
        3 => summarise,
        3 => retrieve,
        1 => change,
    ]
}

fn person_of(document: Number) -> usize {
    (document % 2) as usize
}

fn controller_of(document: Number) -> usize {
    (document / 2 % 4) as usize
}

fn task_of(document: Number) -> usize {
    (document / 8 % 2) as usize
}

fn id_of(document: Number, version: u32) -> String {
    format!("{STEM}{}", 7000 + document * 10 + version)
}

/// What is there and what was said, and nothing else.
#[derive(Debug, Default)]
struct Model {
    versions: BTreeMap<Number, u32>,
    /// Whose, what, and whether as a document: a withdrawal of one form leaves the other in force.
    declared: BTreeSet<(usize, Slot, bool)>,
    relationships: [u32; 2],
}

/// What the organisation may be told of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    AsUse,
    AsDisclosure,
    Nothing,
}

impl Model {
    fn is_connected(&self, person: usize) -> bool {
        self.relationships[person] % 2 == 1
    }

    fn said(&self, person: usize, slot: Slot) -> bool {
        [true, false].into_iter().any(|form| self.declared.contains(&(person, slot, form)))
    }

    fn told(&self, document: Number, situation: usize) -> Told {
        let (person, controller) = (person_of(document), controller_of(document));
        let said = |slot: Slot| self.said(person, slot);
        let forbidden = said(Slot::ForbidsDocument(document))
            || said(Slot::ForbidsTask(task_of(document)))
            || said(Slot::ForbidsController(controller));
        let permitted = said(Slot::Information) && said(Slot::Permit(0)) && !forbidden;
        if controller == 0 || (controller == ACCESSIBLE && situation == BY_ACCESS) {
            Told::AsUse
        } else if self.is_connected(person) && (situation == BY_LAW || permitted) {
            Told::AsDisclosure
        } else {
            Told::Nothing
        }
    }

    /// Identifiers of what a query may find, in order.
    fn found(&self, wanted: impl Fn(Number, u32) -> bool, situation: usize) -> Vec<String> {
        let mut found = Vec::new();
        for (document, newest) in &self.versions {
            for version in 1..=*newest {
                if wanted(*document, version) && self.told(*document, situation) != Told::Nothing {
                    found.push(id_of(*document, version));
                }
            }
        }
        found
    }

    /// Whether a query is refused: it says that it is a disclosure, and there is no connection.
    fn refuses(&self, client: Option<usize>, controller: Option<usize>, situation: usize) -> bool {
        let is_use = controller == Some(0) || (controller == Some(ACCESSIBLE) && situation == BY_ACCESS);
        let says_disclosure = controller.is_some() || situation == BY_PERMIT || situation == BY_LAW;
        says_disclosure && !is_use && !client.is_some_and(|person| self.is_connected(person))
    }
}

struct Pair {
    kanta: RunningKanta,
    identities: Identities,
    client: reqwest::Client,
    model: Model,
    /// Sets of the declaration documents in force.
    documents: BTreeMap<(usize, Slot), u32>,
    number: u32,
    logged: i64,
    _folder: tempfile::TempDir,
}

/// How a version of a declaration document is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Given,
    Withdrawn,
    Nullified,
}

/// What an answer tells.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    refused: bool,
    ids: Vec<String>,
    counts: [usize; 3],
}

impl Pair {
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let settings = AloneSettings { strictness: Strictness::Warn, ..settings(folder.path(), "localhost", false) };
        let (kanta, path) = Kanta::start_alone(settings).await.expect("start");
        let identities = Identities::read_folder(&path).expect("identities");
        let client = caller(&identities.authority, None).expect("client");
        kanta.grant_register_access(ORGANISATION, CONTROLLERS[ACCESSIBLE]).expect("grant");
        Self {
            kanta,
            identities,
            client,
            model: Model::default(),
            documents: BTreeMap::new(),
            number: 0,
            logged: 0,
            _folder: folder,
        }
    }

    async fn take(&mut self, step: &Step) {
        match step {
            Step::Plant(document) => self.plant(*document),
            Step::Declare(person, slot, true) => self.declare_document(*person, *slot).await,
            Step::Declare(person, slot, false) => self.declare(*person, *slot),
            Step::Withdraw(person, slot, true) => self.withdraw_document(*person, *slot).await,
            Step::Withdraw(person, slot, false) => {
                let id = self.declaration_id(*person, *slot);
                self.kanta.withdraw(&id, PERSONS[*person], Timestamp::now()).expect("withdraw");
                self.model.declared.remove(&(*person, *slot, false));
            }
            Step::Connect(person) => self.connect(*person),
            Step::Search { person, controller, situation, metadata, all_versions, quantity } => {
                let newest = self.model.versions.clone();
                let scope = scope(*controller, *situation);
                let wanted = |document: Number, version: u32| {
                    person_of(document) == *person
                        && scope.is_none_or(|scope| controller_of(document) == scope)
                        && (*all_versions || newest[&document] == version)
                };
                let expected = self.expected(wanted, (Some(*person), *controller, *situation), *quantity);
                let mut query = self
                    .query(Some(*person), *controller, *situation)
                    .with("<parameterList>", &format!("<initialQuantity value=\"{quantity}\"/><parameterList>"));
                if *all_versions {
                    query = query
                        .with("</parameterList>", "<allVersions><value value=\"true\"/></allVersions></parameterList>");
                }
                if *metadata {
                    query = query
                        .with("RCMR_IN000031UV01", "RCMR_IN000029UV01")
                        .with("search-documents", "search-metadata");
                }
                self.ask(query, &expected, *situation, step).await;
            }
            Step::Summarise { person, controller, situation } => {
                self.summarise(*person, *controller, *situation).await;
            }
            Step::Retrieve { document, version, names_client, controller, situation } => {
                let client = names_client.then_some(person_of(*document));
                let wanted = |other: Number, number: u32| {
                    other == *document && number == *version && controller.is_none_or(|one| controller_of(other) == one)
                };
                let expected = self.expected(wanted, (client, *controller, *situation), 50);
                let parameter = format!(
                    "<clinicalDocumentId><value root=\"{}\"/></clinicalDocumentId></parameterList>",
                    id_of(*document, *version)
                );
                let query = self.query(client, *controller, *situation).with("</parameterList>", &parameter);
                self.ask(query.with("search-documents", "retrieve-document"), &expected, *situation, step).await;
            }
            Step::Change { document, nullifies } => self.change(*document, *nullifies).await,
        }
    }

    fn plant(&mut self, document: Number) {
        let version = self.model.versions.get(&document).copied().unwrap_or(0) + 1;
        if version > 2 {
            return;
        }
        let usual = planted(document, CONTROLLERS[controller_of(document)], false);
        let client = Person { identity_code: PERSONS[person_of(document)].to_owned(), ..usual.client };
        let plant = PlantedDocument {
            id: id_of(document, version),
            set_id: id_of(document, 1),
            version,
            replaces: (version > 1).then(|| id_of(document, version - 1)),
            controller: Party { oid: CONTROLLERS[controller_of(document)].to_owned(), name: "Alue".to_owned() },
            service_task: TASKS[task_of(document)].to_owned(),
            // Documents of one set stand beside each other, and sets in the order of their numbers.
            effective: Timestamp::from_second(1_795_161_600 + i64::from(document * 10 + version)).expect("time"),
            client,
            ..usual
        };
        self.kanta.plant(&plant).expect("plant");
        self.model.versions.insert(document, version);
    }

    fn declaration_id(&self, person: usize, slot: Slot) -> String {
        let number = match slot {
            Slot::Information => 0,
            Slot::Permit(direction) => 10 + direction,
            Slot::ForbidsDocument(document) => 100 + document as usize,
            Slot::ForbidsTask(task) => 20 + task,
            Slot::ForbidsController(controller) => 30 + controller,
        };
        format!("1.2.246.10.99999992.95.2026.8.{}", person * 1000 + number)
    }

    fn declare(&mut self, person: usize, slot: Slot) {
        let declared = self.declared(slot);
        let id = self.declaration_id(person, slot);
        let declaration = Declaration { id, person: PERSONS[person].to_owned(), declared, stored: Timestamp::now() };
        self.kanta.declare(declaration).expect("declare");
        self.model.declared.insert((person, slot, false));
    }

    fn declared(&self, slot: Slot) -> Declared {
        let forbids = |target| Declared::Prohibition { targets: vec![target] };
        match slot {
            Slot::Information => Declared::Information,
            Slot::Permit(direction) => Declared::Permit { from: DIRECTIONS[direction].0, to: DIRECTIONS[direction].1 },
            // Any version of a document stands for all of them.
            Slot::ForbidsDocument(document) => {
                let version = self.model.versions.get(&document).copied().unwrap_or(1);
                forbids(DeclarationTarget::Document(id_of(document, version)))
            }
            Slot::ForbidsTask(task) => forbids(DeclarationTarget::ServiceTask(TASKS[task].to_owned())),
            Slot::ForbidsController(controller) => {
                forbids(DeclarationTarget::Controller(CONTROLLERS[controller].to_owned()))
            }
        }
    }

    /// A document says the same, where there is a document for it. Without the information it is refused.
    async fn declare_document(&mut self, person: usize, slot: Slot) {
        let declared = self.declared(slot);
        if matches!(slot, Slot::Permit(1..)) || self.documents.contains_key(&(person, slot)) {
            return;
        }
        let set = 30_000 + 10 * self.number;
        let informed = slot == Slot::Information || self.model.said(person, Slot::Information);
        self.send_declaration(person, &declared, (set, 1), Ending::Given, informed).await;
        if informed {
            self.documents.insert((person, slot), set);
            self.model.declared.insert((person, slot, true));
        }
    }

    /// A permit is withdrawn by a version that does not give it, anything else by nullifying its document.
    async fn withdraw_document(&mut self, person: usize, slot: Slot) {
        let Some(set) = self.documents.remove(&(person, slot)) else { return };
        let ending = if matches!(slot, Slot::Permit(_)) { Ending::Withdrawn } else { Ending::Nullified };
        let declared = self.declared(slot);
        self.send_declaration(person, &declared, (set, 2), ending, true).await;
        self.model.declared.remove(&(person, slot, true));
    }

    async fn send_declaration(
        &mut self,
        person: usize,
        declared: &Declared,
        (set, version): (u32, u32),
        ending: Ending,
        is_taken: bool,
    ) {
        self.number += 1;
        let given = ending == Ending::Given;
        let mut draft = match declared {
            Declared::Information => Draft::declaration("kanta-information", &information()),
            Declared::Permit { .. } => Draft::declaration("8", &permit(given)),
            Declared::Prohibition { targets } => Draft::declaration("9", &prohibition(&targets[0])),
        };
        if person == 1 {
            draft = draft
                .with(PERSONS[0], PERSONS[1])
                .with("<birthTime value=\"19810101\"/>", "<birthTime value=\"19750615\"/>")
                .with("<administrativeGenderCode code=\"2\"", "<administrativeGenderCode code=\"1\"");
        }
        let mut draft =
            draft.version(set, version).with("extension=\"1000001\"", &format!("extension=\"{}\"", self.number));
        if ending == Ending::Nullified {
            draft = draft.with("\"COMPLETED\"", "\"NULLIFIED\"");
        }
        let text = self.post(draft.finish(&self.identities)).await;
        assert_eq!(text.contains("<typeCode code=\"AA\"/>"), is_taken, "{declared:?} {ending:?}: {text}");
    }

    /// A relationship begins; or the one that is there is nullified.
    fn connect(&mut self, person: usize) {
        let count = self.model.relationships[person];
        let first = 8000 + person as u32 * 500 + count / 2 * 2;
        let usual = planted(first, ORGANISATION, false);
        let begins = count.is_multiple_of(2);
        let own = |number: u32| format!("{STEM}{number}");
        let plant = PlantedDocument {
            id: own(if begins { first } else { first + 1 }),
            set_id: own(first),
            version: if begins { 1 } else { 2 },
            replaces: (!begins).then(|| own(first)),
            kind: PlantedKind::ClientRelationship,
            client: Person { identity_code: PERSONS[person].to_owned(), ..usual.client.clone() },
            nullified: !begins,
            ..usual
        };
        self.kanta.plant(&plant).expect("plant");
        self.model.relationships[person] += 1;
    }

    fn query(&mut self, client: Option<usize>, controller: Option<usize>, situation: usize) -> Draft {
        self.number += 1;
        let named = |person: usize| {
            format!("<patientId><value root=\"1.2.246.21\" extension=\"{}\"/></patientId>", PERSONS[person])
        };
        let custodian = controller.map_or_else(String::new, |controller| {
            format!("<custodianId><value root=\"{}\"/></custodianId>", CONTROLLERS[controller])
        });
        let (code, system) = SITUATIONS[situation];
        // Relationships are no matter here.
        let group = "<clinicalDocumentGroup><value code=\"5\"/></clinicalDocumentGroup>";
        Draft::of("search")
            .with(&named(0), &format!("{}{custodian}{group}", client.map_or_else(String::new, named)))
            .with(
                "<reasonCode code=\"1\" codeSystem=\"1.2.246.537.6.1289.201901\"/>",
                &format!("<reasonCode code=\"{code}\" codeSystem=\"{system}\"/>"),
            )
            .with("extension=\"1000001\"", &format!("extension=\"{}\"", self.number))
    }

    fn expected(
        &self,
        wanted: impl Fn(Number, u32) -> bool,
        (client, controller, situation): (Option<usize>, Option<usize>, usize),
        quantity: usize,
    ) -> Answer {
        if self.model.refuses(client, controller, situation) {
            return Answer { refused: true, ids: Vec::new(), counts: [0; 3] };
        }
        let mut ids = self.model.found(wanted, situation);
        let total = ids.len();
        ids.truncate(quantity);
        let current = ids.len();
        Answer { refused: false, ids, counts: [total, current, total - current] }
    }

    /// Asks, and holds the answer against what is expected: no more stands in it, and the log has what was
    /// disclosed.
    async fn ask(&mut self, query: Draft, expected: &Answer, situation: usize, step: &Step) {
        let text = self.post(query.finish(&self.identities)).await;
        assert_eq!(&read(&text), expected, "{step:?}: {text}");
        let echo = text.split_once("<queryByParameter").map_or("", |(_, echo)| echo);
        assert!(!echo.contains("marker-"), "{echo}");
        self.compare_silence(&text, &expected.ids, step);
        self.compare_log(&expected.ids, situation);
    }

    /// Of no other document than those told is there a word.
    fn compare_silence(&self, text: &str, told: &[String], step: &dyn std::fmt::Debug) {
        let head = text.split_once("<queryByParameter").map_or(text, |(head, _)| head);
        let is_told = |id: &String| told.iter().any(|told| told == id || id_sets(told) == id_sets(id));
        for (document, newest) in &self.model.versions {
            for id in (1..=*newest).map(|version| id_of(*document, version)).filter(|id| !is_told(id)) {
                assert!(!head.contains(&format!("\"{id}\"")), "{step:?} tells of {id}: {head}");
            }
        }
    }

    fn compare_log(&mut self, told: &[String], situation: usize) {
        let all = |organisation: &str, after| DisclosureQuery {
            organisation: organisation.to_owned(),
            from: None,
            until: None,
            after,
            most: 100,
        };
        let entries = self.kanta.disclosures(&all(ORGANISATION, self.logged)).expect("log");
        self.logged = entries.last().map_or(self.logged, |entry| entry.number);
        let logged: BTreeSet<String> = entries.iter().flat_map(|entry| entry.documents.clone()).collect();
        let numbers = || self.model.versions.keys().flat_map(|one| [(*one, id_of(*one, 1)), (*one, id_of(*one, 2))]);
        let disclosed = |id: &&String| {
            numbers().any(|(one, other)| other == **id && self.model.told(one, situation) == Told::AsDisclosure)
        };
        let due: BTreeSet<String> = told.iter().filter(disclosed).cloned().collect();
        assert_eq!(logged, due);
        for entry in &entries {
            assert_eq!(entry.recipient, ORGANISATION);
            assert!(entry.documents.iter().all(|id| {
                numbers().any(|(one, other)| other == *id && CONTROLLERS[controller_of(one)] == entry.controller)
            }));
        }
    }

    async fn post(&self, message: String) -> String {
        let request = self.client.post(self.kanta.archive_url()).header("content-type", "text/xml").body(message);
        request.send().await.expect("answer").text().await.expect("text")
    }
}

/// The one controller that a query is about, where it is about one.
fn scope(controller: Option<usize>, situation: usize) -> Option<usize> {
    let own = controller.is_none() && matches!(situation, 0 | BY_ACCESS);
    if own { Some(0) } else { controller }
}

/// The set of an identifier: all but the last digit, which tells the version.
fn id_sets(id: &str) -> &str {
    &id[..id.len() - 1]
}

fn read(text: &str) -> Answer {
    let document = roxmltree::Document::parse(text).expect("well-formed");
    let named = |name: &'static str| document.descendants().filter(move |node| node.tag_name().name() == name);
    let id = |node: roxmltree::Node<'_, '_>| {
        let id = node.children().find(|child| child.tag_name().name() == "id").expect("id");
        id.attribute("root").expect("root").to_owned()
    };
    let count = |name| {
        let value = named(name).next().and_then(|node| node.attribute("value")).expect("count");
        value.parse().expect("number")
    };
    let type_code = named("typeCode").find_map(|node| node.attribute("code"));
    Answer {
        refused: type_code != Some("AA"),
        ids: named("clinicalDocument").map(id).collect(),
        counts: ["resultTotalQuantity", "resultCurrentQuantity", "resultRemainingQuantity"].map(count),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 80, ..ProptestConfig::default() })]
    #[test]
    fn nothing_is_disclosed_that_the_table_forbids(steps in prop::collection::vec(step(), 60..140)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        runtime.expect("runtime").block_on(async {
            let mut pair = Pair::start().await;
            for step in &steps {
                pair.take(step).await;
            }
        });
    }
}
