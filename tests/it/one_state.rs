//! The endpoint and the judge know the same before every message: whatever comes, in whatever order, by whatever
//! profile, the state of the endpoint is the one that the evidence tells, and both find the same wrong.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use kantakoe::domain::{ActionOutcome, Fault, FindingCode, Operation, RefusalGround};
use kantakoe::evidence::{ActionRecord, Entry, Exchange, RequestKind};
use kantakoe::kanta::{PlantedDocument, PlantedKind};
use kantakoe::profile::Profile;
use kantakoe::reading::read;
use kantakoe::reading::{NoticeRequest, concerns_declarations, read_declaration, read_notice};
use kantakoe::rule::message::{ArchiveContext, judge};
use kantakoe::rule::{Finding, Strictness, declaration, notice};
use kantakoe::run::{Rules, state_after};
use kantakoe::schema::DocumentSchemas;
use kantakoe::source::SourceFile;
use kantakoe::state::{ArchiveState, Earlier, Fact, Fingerprint};
use kantakoe::wire::trust::TrustAnchors;
use proptest::prelude::*;
use serde_json::json;

use crate::disclosure_model::{information, permit};
use crate::endpoint::declarations;
use crate::endpoint::messages::{Draft, STEM};
use crate::endpoint::notices::{self, token};
use crate::endpoint::world::{ORGANISATION, OTHER, PERSON, Plan, World, catalogue, planted};

/// What a profile may call otherwise, and how a message does that follows it.
const RENAMED: [[&str; 2]; 4] = [
    ["RCMR_IN200002FI01", "RCMR_IN299999FI01"],
    ["1.2.246.537.6.1505.201601", "1.2.246.537.6.1505.209999"],
    ["documentGroup code=\"1\"", "documentGroup code=\"21\""],
    ["documentGroup code=\"2\"", "documentGroup code=\"22\""],
];

/// A document: a client relationship, a matter, or one of two notes.
type Slot = usize;

#[derive(Debug, Clone)]
enum Step {
    /// The next version of a document, or one that does not follow on the last; `new` under a message number of its own.
    Document {
        slot: Slot,
        version: u32,
        nullifies: bool,
        new: bool,
    },
    /// A nullification without a document.
    Nullification(Slot),
    /// A declaration as a document of the archive.
    DeclaringDocument {
        permits: bool,
        gives: bool,
        version: u32,
    },
    /// A declaration as a Consent.
    Consent {
        category: usize,
        active: bool,
        request: u32,
    },
    /// A notice: which request brings it, and whether its content is another.
    Notice {
        request: u32,
        other: bool,
    },
    Search,
    /// The message before, as it was.
    Again,
    /// A fault waits for the next message.
    Fault(usize),
    /// The archivist nullifies a document.
    Archivist(Slot),
    /// The endpoint ends and starts on what it kept.
    Restart,
}

const FAULTS: [Fault; 6] = [
    Fault::Unavailable,
    Fault::ErrorAnswer,
    Fault::AccessRefused,
    Fault::CloseBeforeStoring,
    Fault::CloseAfterStoring,
    Fault::RejectAnswer,
];

fn step() -> impl Strategy<Value = Step> {
    let document = (0..4_usize, 1..4_u32, prop::bool::weighted(0.2), prop::bool::weighted(0.9))
        .prop_map(|(slot, version, nullifies, new)| Step::Document { slot, version, nullifies, new });
    let declaring = (any::<bool>(), any::<bool>(), 1..3_u32)
        .prop_map(|(permits, gives, version)| Step::DeclaringDocument { permits, gives, version });
    let consent = (0..3_usize, prop::bool::weighted(0.7), 0..4_u32)
        .prop_map(|(category, active, request)| Step::Consent { category, active, request });
    let notice = (0..3_u32, prop::bool::weighted(0.3)).prop_map(|(request, other)| Step::Notice { request, other });
    prop_oneof![
        8 => document,
        1 => (0..4_usize).prop_map(Step::Nullification),
        2 => declaring,
        2 => consent,
        2 => notice,
        1 => Just(Step::Search),
        2 => Just(Step::Again),
        2 => (0..FAULTS.len()).prop_map(Step::Fault),
        1 => (0..4_usize).prop_map(Step::Archivist),
        1 => Just(Step::Restart),
    ]
}

/// The profile with some of its names changed.
fn profile(renamed: [bool; 4]) -> Profile {
    let mut text = Profile::built_in().text.replacen("name = \"kanta-", "name = \"changed-", 1);
    for [from, to] in renames(renamed) {
        text = match (group_of(from), group_of(to)) {
            (Some(from), Some(to)) => with_group(&text, &from, &to),
            _ => text.replace(from, to),
        };
    }
    Profile::read(&SourceFile::new("changed.toml", text)).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn renames(renamed: [bool; 4]) -> impl Iterator<Item = [&'static str; 2]> {
    RENAMED.into_iter().zip(renamed).filter_map(|(pair, is_renamed)| is_renamed.then_some(pair))
}

/// The code of the group in quotation marks, where it is a group that is renamed.
fn group_of(name: &str) -> Option<String> {
    name.strip_prefix("documentGroup code=").map(str::to_owned)
}

/// A group stands in the profile as the code of its row and in lists of groups.
fn with_group(text: &str, from: &str, to: &str) -> String {
    let row = |code: &str| format!("[[document-group]]\ncode = {code}");
    assert!(text.contains(&row(from)), "{from}");
    let text = text.replace(&row(from), &row(to));
    ["groups = [", "finds = ["].into_iter().fold(text, |text, list| {
        let mut parts = text.split(list);
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |all, part| {
            let (codes, rest) = part.split_once(']').expect("a list ends");
            format!("{all}{list}{}]{rest}", codes.replace(from, to))
        })
    })
}

/// A history so far: the endpoint, and what the judge makes of its evidence.
struct History {
    /// Nothing only while it starts again.
    world: Option<World>,
    rules: Rules,
    renamed: [bool; 4],
    judged: ArchiveState,
    /// What was judged before the last message.
    before: ArchiveState,
    number: u32,
    last: Option<Sent>,
    fault: Option<Fault>,
}

#[derive(Debug, Clone)]
enum Sent {
    Message(String),
    Request(String, String),
}

impl History {
    async fn start(renamed: [bool; 4], follows: bool, strictness: Strictness) -> Self {
        let profile = profile(renamed);
        let world =
            World::with(Plan { keep_state: true, profile: profile.clone(), strictness, ..Plan::default() }).await;
        let rules = rules(&world, profile, strictness);
        let world = Some(world);
        let renamed = if follows { renamed } else { [false; 4] };
        let judged = ArchiveState::default();
        let before = ArchiveState::default();
        let mut history = Self { world, rules, renamed, judged, before, number: 1, last: None, fault: None };
        history.plant();
        history
    }

    fn world(&self) -> &World {
        self.world.as_ref().expect("it runs")
    }

    /// What is there beforehand: access to a register, and documents of the own and of another one.
    fn plant(&mut self) {
        let note = |number, controller| planted(number, controller, false);
        let matter = PlantedKind::Matter { relationship: format!("{STEM}800") };
        let documents: [PlantedDocument; 4] = [
            PlantedDocument { kind: PlantedKind::ClientRelationship, ..note(800, ORGANISATION) },
            PlantedDocument { kind: matter, ..note(810, ORGANISATION) },
            note(700, ORGANISATION),
            note(900, OTHER),
        ];
        for document in documents {
            self.world().kanta.plant(&document).expect("plant");
            self.judged.learn(&document.fact(&self.rules.profile).expect("fact"));
        }
        self.world().kanta.grant_register_access(ORGANISATION, OTHER).expect("grant");
        self.judged.learn(&Fact::AccessGranted { producer: ORGANISATION.to_owned(), organiser: OTHER.to_owned() });
    }

    async fn take(&mut self, step: &Step) {
        match step {
            Step::Fault(fault) => self.fault = Some(FAULTS[*fault]),
            Step::Restart => Box::pin(self.restart()).await,
            Step::Archivist(slot) => self.nullify(&format!("{STEM}{}", set_of(*slot))),
            Step::Again => {
                if let Some(sent) = self.last.clone() {
                    self.send(sent).await;
                }
            }
            step => {
                let sent = self.written(step);
                self.send(sent).await;
            }
        }
        assert!(self.world().kanta.state() == self.judged, "the state differs after {step:?}");
    }

    fn written(&mut self, step: &Step) -> Sent {
        match step {
            Step::Document { slot, version, nullifies, new } => {
                self.number += u32::from(*new);
                let draft = document(*slot, *version).numbered(self.number);
                let draft = if *nullifies { draft.with("\"COMPLETED\"", "\"NULLIFIED\"") } else { draft };
                self.message(draft)
            }
            Step::Nullification(slot) => {
                self.number += 1;
                let Sent::Message(message) = self.message(document(*slot, 1).numbered(self.number)) else {
                    return Sent::Message(String::new());
                };
                let (start, end) = (message.find("<text ").expect("text"), message.find("</text>").expect("text"));
                let bare = format!("{}{}", &message[..start], &message[end + "</text>".len()..]);
                Sent::Message(bare.replace("\"COMPLETED\"", "\"NULLIFIED\""))
            }
            Step::DeclaringDocument { permits, gives, version } => {
                self.number += 1;
                let (group, set, text) = match permits {
                    true => ("8", 950, permit(*gives)),
                    false => ("information", 960, information()),
                };
                let draft = Draft::declaration(group, &text).version(set, *version);
                self.message(draft.numbered(self.number))
            }
            Step::Consent { category, active, request } => {
                let category = ["information", "permit-social-to-social", "prohibition"][*category];
                let pair = declarations::pair(1, category, if *active { "active" } else { "inactive" });
                self.request(*request, declarations::bundle([pair]).to_string())
            }
            Step::Notice { request, other } => {
                let text = if *other { "three pages" } else { "two pages" };
                let bundle = notices::bundle(self.world(), "two pages", text);
                self.request(*request, bundle)
            }
            Step::Search => {
                self.number += 1;
                self.message(Draft::of("search").numbered(self.number))
            }
            Step::Again | Step::Fault(_) | Step::Archivist(_) | Step::Restart => unreachable!("nothing is written"),
        }
    }

    /// The message, in the words of the profile where it follows it.
    fn message(&self, draft: Draft) -> Sent {
        let draft = renames(self.renamed).fold(draft, |draft, [from, to]| draft.renamed(from, to));
        Sent::Message(draft.finish(&self.world().identities))
    }

    fn request(&self, number: u32, body: String) -> Sent {
        Sent::Request(format!("6d9f3c1c-0a4e-4a58-9f2a-{number:012}"), body)
    }

    async fn send(&mut self, sent: Sent) {
        if let Some(fault) = self.fault.take() {
            self.world().kanta.play_next(fault, 1);
        }
        // Without an answer the evidence tells all the same what was done.
        match &sent {
            Sent::Message(message) => drop(self.world().post(message.clone()).await),
            Sent::Request(id, body) => drop(notices::post(self.world(), id, &token(self.world()), body).await),
        }
        self.last = Some(sent);
        let exchange = self.world().last();
        self.compare(&exchange);
        self.learn(Entry::Exchange(Box::new(exchange)));
    }

    fn learn(&mut self, entry: Entry) {
        self.before = self.judged.clone();
        self.judged = state_after(self.before.clone(), &[Arc::new(entry)], &self.rules);
    }

    /// Whatever a rule finds for the judge, the endpoint refused for; and nothing else, but for what the archive says by
    /// itself.
    fn compare(&self, exchange: &Exchange) {
        if exchange.fault.is_some() || exchange.repeated {
            return;
        }
        let found: BTreeSet<String> = self.found(exchange, &self.judged).into_iter().collect();
        let refused: BTreeSet<String> = exchange.refused_for.iter().map(RefusalGround::to_string).collect();
        // That an identifier is kept when a request is sent again is told by the report alone.
        let kept = |code: &&String| *code == "request-id-reused" && self.is_repeated(exchange);
        let missed: Vec<&String> = found.difference(&refused).filter(|code| !kept(code)).collect();
        assert!(missed.is_empty(), "the judge alone finds {missed:?}");
        let own = ["access-right", "document-id-reused", "correction-not-of-newest", "reference-not-found"];
        let own = own.into_iter().chain(["declaration-conflict", "header-element-missing"]);
        // What nobody can understand is not kept, however surely its rule is known.
        let own = own.chain(["declaration-unclear", "declaration-malformed"]);
        let own: BTreeSet<String> =
            own.chain(["interaction-unknown", "query-parameter-wrong"]).map(str::to_owned).collect();
        let alone: Vec<&String> = refused.difference(&found).filter(|code| !own.contains(*code)).collect();
        assert!(alone.is_empty(), "the endpoint alone refuses for {alone:?}");
    }

    fn is_repeated(&self, exchange: &Exchange) -> bool {
        let body = Fingerprint::of(exchange.request.body.bytes());
        let id = exchange.message_id.as_deref().unwrap_or_default();
        self.judged.request(id, body) == Earlier::Same { answered: true }
    }

    /// Codes of the failures that the rules find by what the judge knows.
    fn found(&self, exchange: &Exchange, state: &ArchiveState) -> Vec<String> {
        let bytes = exchange.request.body.bytes();
        let profile = &self.rules.profile;
        let findings: Vec<Finding> = match exchange.service.requests() {
            RequestKind::ArchiveMessage => {
                let reading = read(bytes, &profile.limits.reading());
                let known = state.seen_by(reading.organisation(&exchange.caller), profile);
                let context = ArchiveContext {
                    profile,
                    catalogue: &self.rules.catalogue,
                    strictness: self.rules.strictness,
                    schemas: &self.rules.schemas,
                    trust: &self.rules.trust,
                    caller: &exchange.caller,
                    known: &known,
                    now: exchange.received,
                };
                judge(&reading, &context, None)
            }
            _ => {
                let known = state.seen_by("", profile);
                let context = notice::NoticeContext {
                    profile,
                    catalogue: &self.rules.catalogue,
                    strictness: self.rules.strictness,
                    trust: &self.rules.trust,
                    now: exchange.received,
                    audience: &self.rules.audience,
                    known: &known,
                    exchange: None,
                };
                let request = NoticeRequest::of(&exchange.request);
                match concerns_declarations(bytes) {
                    true => declaration::judge(&read_declaration(request, profile), &context),
                    false => notice::judge(&read_notice(request, profile), &context),
                }
            }
        };
        let failed = findings.into_iter().filter(|finding| finding.severity == kantakoe::domain::Severity::Fail);
        failed.map(|finding| finding.code.as_str().to_owned()).collect()
    }

    fn nullify(&mut self, id: &str) {
        if self.world().kanta.nullify_as_archivist(ORGANISATION, id).expect("nullify") {
            self.learn(Entry::Action(Box::new(ActionRecord {
                scenario: String::new(),
                step: String::new(),
                action: "archivist-nullifies".to_owned(),
                key: String::new(),
                parameters: json!({ "document": id }),
                started: Timestamp::UNIX_EPOCH,
                ended: Timestamp::UNIX_EPOCH,
                outcome: ActionOutcome::Succeeded,
                result: json!(null),
                message: String::new(),
            })));
        }
    }

    async fn restart(&mut self) {
        let (profile, strictness) = ((*self.rules.profile).clone(), self.rules.strictness);
        let world = self.world.take().expect("it runs").again(profile.clone(), strictness).await;
        self.rules = rules(&world, profile, strictness);
        self.world = Some(world);
    }
}

fn rules(world: &World, profile: Profile, strictness: Strictness) -> Rules {
    Rules {
        profile: Arc::new(profile),
        catalogue: Arc::new(catalogue()),
        schemas: DocumentSchemas::built_in(),
        trust: TrustAnchors::from_pem(world.identities.authority.as_bytes()).expect("authority"),
        strictness,
        audience: world.kanta.audience(),
        seed: 1,
    }
}

/// The number behind [`STEM`] of the set of a slot.
fn set_of(slot: Slot) -> u32 {
    [300, 400, 510, 520][slot]
}

fn document(slot: Slot, version: u32) -> Draft {
    match slot {
        0 => Draft::of("client-relationship"),
        1 => Draft::of("matter"),
        _ => Draft::of("client-document").version(set_of(slot), version),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn the_endpoint_and_the_judge_know_the_same(
        renamed in prop_oneof![2 => Just([false; 4]), 3 => any::<[bool; 4]>()],
        follows in any::<bool>(),
        is_strict in any::<bool>(),
        steps in prop::collection::vec(step(), 1..18),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
        runtime.block_on(async {
            let strictness = if is_strict { Strictness::Fail } else { Strictness::Warn };
            let mut history = History::start(renamed, follows, strictness).await;
            for step in &steps {
                Box::pin(history.take(step)).await;
            }
        });
    }
}

/// A matter of a group that the profile calls otherwise opens nothing, for the endpoint and for the judge.
#[tokio::test]
async fn a_group_that_the_profile_renames_is_renamed_for_the_judge_too() {
    let only_matters = [false, false, false, true];
    for follows in [true, false] {
        let mut history = History::start(only_matters, follows, Strictness::Fail).await;
        let first = |slot| Step::Document { slot, version: 1, nullifies: false, new: true };
        for step in [first(0), first(1)] {
            Box::pin(history.take(&step)).await;
        }
        let sent = history.written(&first(2));
        let Sent::Message(message) = &sent else { panic!("a message") };
        let reading = read(message.as_bytes(), &history.rules.profile.limits.reading());
        assert_eq!(reading.operation(&history.rules.profile), Operation::Store);
        history.send(sent).await;
        let exchange = history.world().last();
        let missing = |codes: &[String]| codes.iter().any(|code| code == "reference-not-found");
        let is_refused = exchange.refused_for.contains(&FindingCode::ReferenceNotFound.into());
        assert_eq!(is_refused, !follows, "{:?}", exchange.refused_for);
        assert_eq!(missing(&history.found(&exchange, &history.before)), !follows);
        assert_eq!(exchange.persons, [PERSON]);
    }
}
