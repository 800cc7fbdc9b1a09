//! What the rules about archive messages find.

mod draft;
mod reading;
mod variants;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use kantakoe::domain::Severity;
use kantakoe::evidence::Caller;
use kantakoe::profile::{MissingReference, Profile};
use kantakoe::reading::{ArchiveReading, read, read_pair};
use kantakoe::rule::message::{ArchiveContext, judge, rules};
use kantakoe::rule::{Catalogue, Finding, Strictness};
use kantakoe::schema::DocumentSchemas;
use kantakoe::source::SourceFile;
use kantakoe::state::{ArchiveKnowledge, UnknownArchive};
use kantakoe::wire::trust::TrustAnchors;
use serde::Deserialize;
use serde_json::json;

use self::draft::{Draft, Edit, NOW, Signer, trust};
use self::world::World;
use crate::phrases::assert_told;
use crate::support::shared;

/// `tests/fixtures/archive/cases.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    base: BTreeMap<String, Base>,
    /// Other ways of saying the same, which the standards allow.
    variant: BTreeMap<String, Base>,
    case: Vec<Case>,
}

/// A conforming message: a fixture with edits.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Base {
    fixture: String,
    #[serde(default)]
    edits: Vec<Edit>,
}

/// A base with one deviation, and the codes of exactly the findings that it must give.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    base: String,
    #[serde(default)]
    edits: Vec<Edit>,
    #[serde(default)]
    signer: Signer,
    finds: Vec<String>,
    /// Path of the first finding.
    #[serde(default)]
    at: Option<String>,
}

impl Cases {
    fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/archive/cases.toml");
        toml::from_str(&fs::read_to_string(path).expect("cases")).unwrap_or_else(|error| panic!("{error}"))
    }

    fn message(&self, base: &str, edits: &[Edit], signer: Signer) -> Vec<u8> {
        let base = self.base.get(base).unwrap_or_else(|| &self.variant[base]);
        let edits: Vec<&Edit> = base.edits.iter().chain(edits).collect();
        Draft::of(&base.fixture).finish(&edits, signer)
    }
}

/// A conforming message, freshly signed.
pub fn message(base: &str) -> Vec<u8> {
    Cases::read().message(base, &[], Signer::default())
}

/// What every judgement needs beside the message.
pub struct Bench {
    profile: Profile,
    catalogue: Catalogue,
    pub schemas: DocumentSchemas,
    trust: TrustAnchors,
    caller: Caller,
}

impl Bench {
    pub fn new() -> Self {
        let file = |name: &str| {
            let path = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
            SourceFile::new(name, fs::read_to_string(path).expect(name))
        };
        let catalogue = Catalogue::read(&file("catalogue/requirements.toml"), &file("catalogue/findings.toml"));
        Self {
            profile: Profile::read(&Profile::built_in()).expect("profile"),
            catalogue: catalogue.expect("catalogue"),
            schemas: DocumentSchemas::built_in(),
            trust: trust(),
            caller: Caller { serial_number: Some("1.2.246.10.99999991.10.0".to_owned()), ..Caller::default() },
        }
    }

    pub fn judge(&self, message: &[u8], known: &dyn ArchiveKnowledge) -> Vec<Finding> {
        self.judge_reading(&read(message, &self.profile.limits.reading()), known)
    }

    /// [`Bench::judge`], of a frame with a document beside it.
    pub fn judge_pair(&self, frame: &[u8], document: Option<&[u8]>, known: &dyn ArchiveKnowledge) -> Vec<Finding> {
        self.judge_reading(&read_pair(frame, document, &self.profile.limits.reading()), known)
    }

    fn judge_reading(&self, reading: &ArchiveReading, known: &dyn ArchiveKnowledge) -> Vec<Finding> {
        let context = ArchiveContext {
            profile: &self.profile,
            catalogue: &self.catalogue,
            strictness: Strictness::Warn,
            schemas: &self.schemas,
            trust: &self.trust,
            caller: &self.caller,
            known,
            now: NOW,
        };
        judge(reading, &context, None)
    }
}

#[test]
fn conforming_messages_have_nothing_wrong() {
    let (cases, bench) = (Cases::read(), Bench::new());
    for base in cases.base.keys() {
        let findings = bench.judge(&cases.message(base, &[], Signer::default()), &World::default());
        assert_eq!(findings, [], "{base}");
    }
}

#[test]
fn each_deviation_gives_exactly_its_findings() {
    let (cases, bench) = (Cases::read(), Bench::new());
    let mut wrong = Vec::new();
    for case in &cases.case {
        let findings = bench.judge(&cases.message(&case.base, &case.edits, case.signer), &World::default());
        assert_told(&findings);
        let mut found: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
        found.sort_unstable();
        let mut expected = case.finds.clone();
        expected.sort_unstable();
        if found != expected {
            wrong.push(format!("{}: expected {expected:?}, found {findings:#?}", case.name));
        }
        let at = findings.first().and_then(|finding| finding.place.as_ref()).map(|place| place.path.as_str());
        if case.at.is_some() && case.at.as_deref() != at {
            wrong.push(format!("{}: expected at {:?}, found at {at:?}", case.name, case.at));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases\n{}", wrong.len(), cases.case.len(), wrong.join("\n"));
}

/// Codes that no edit of a message gives; each has a test of its own below.
const WITHOUT_CASE: [&str; 7] = [
    "signature-not-judged",
    "signer-not-judged",
    "reference-unresolved",
    "message-too-large",
    "json-condition-broken",
    "json-condition-not-judged",
    "permit-before-information",
];

#[test]
fn every_code_has_a_deviation_and_a_rule_of_its_own() {
    let (cases, bench) = (Cases::read(), Bench::new());
    let mut codes: Vec<&str> = rules().flat_map(|rule| rule.codes).map(|code| code.as_str()).collect();
    let tried: BTreeSet<&str> = cases.case.iter().flat_map(|case| &case.finds).map(String::as_str).collect();
    for code in &codes {
        assert!(bench.catalogue.get_finding(code).is_some(), "{code} is not in the catalogue");
        assert!(tried.contains(code) || WITHOUT_CASE.contains(code), "no case finds {code}");
    }
    let rules = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), rules, "two rules give the same code");
}

#[test]
fn a_message_over_the_bound_is_refused_unread() {
    let (cases, mut bench) = (Cases::read(), Bench::new());
    let message = cases.message("client-document", &[], Signer::default());
    bench.profile.limits.body_bytes = message.len() - 1;
    let codes: Vec<String> =
        bench.judge(&message, &World::default()).into_iter().map(|one| one.code.to_string()).collect();
    assert_eq!(codes, ["message-too-large"]);
}

#[test]
fn the_profile_may_take_a_document_that_points_to_nothing() {
    let (cases, mut bench) = (Cases::read(), Bench::new());
    for row in &mut bench.profile.document_group {
        row.missing_reference = MissingReference::Warn;
    }
    let case = cases.case.iter().find(|case| case.finds == ["reference-not-found"]).expect("a case");
    let findings = bench.judge(&cases.message(&case.base, &case.edits, case.signer), &World::default());
    let told: Vec<_> = findings.iter().map(|one| (one.code.as_str(), one.severity)).collect();
    assert_eq!(told, [("reference-unresolved", Severity::Warning)]);
}

#[test]
fn a_permit_document_comes_after_the_information() {
    let (cases, bench) = (Cases::read(), Bench::new());
    let message = cases.message("permit-document", &[], Signer::default());
    let found = bench.judge(&message, &World { is_uninformed: true, ..World::default() });
    let told: Vec<_> = found.iter().map(|one| (one.code.as_str(), path(one))).collect();
    let place = "/ClinicalDocument/localSocialHeader/documentGroup/@code".to_owned();
    assert_eq!(told, [("permit-before-information", place)]);
}

#[test]
fn what_the_annotations_of_a_schema_ask_is_told_at_the_missing_member() {
    let (cases, mut bench) = (Cases::read(), Bench::new());
    let annotated = |name: &str, note: &str| {
        let text = |text: &str| json!([{"lang": "fi", "value": text}]);
        json!({"sosmeta": {"name": text(name), "conditionalRequired": true, "implementationNote": text(note)}})
    };
    let either = "Joko Hetu tai Väliaikainen on pakollinen.";
    let members = json!({"hetu": annotated("Hetu", either), "valiaikainen": annotated("Väliaikainen", either),
        "muu": annotated("Muu", "Ehdollisesti pakollinen: kun sataa.")});
    let root = "merkinta_tapaamisesta_tai_yhteydenotosta";
    let schema = json!({"properties": {root: {"type": "object", "properties": members}}}).to_string();
    let name = "1.2.246.537.6.1506.19005.2022.1.10.json".to_owned();
    bench.schemas = DocumentSchemas::load([(name, schema)]).expect("schema");
    let message = cases.message("client-document", &[], Signer::default());
    let found = bench.judge(&message, &World::default());
    let told: Vec<_> = found.iter().map(|one| (one.code.as_str(), one.severity, path(one))).collect();
    let at = |member: &str| format!("/{root}/{member}");
    let expected = [
        ("json-condition-broken", Severity::Warning, at("hetu")),
        ("json-condition-not-judged", Severity::Note, at("muu")),
    ];
    assert_eq!(told, expected);
    assert_eq!(found[0].expected.to_string(), either);
    assert!(found[0].place.as_ref().is_some_and(|place| place.position.is_some()), "{:?}", found[0]);
}

fn path(finding: &Finding) -> String {
    finding.place.as_ref().map(|place| place.path.clone()).unwrap_or_default()
}

#[test]
fn a_message_sent_again_asks_nothing_new() {
    let (cases, bench) = (Cases::read(), Bench::new());
    let again = toml::from_str::<Edit>("in = 'frame'\nfind = '1000001'\nreplace = '999'").expect("edit");
    let message = cases.message("client-document", &[again], Signer::default());
    let reading = read(&message, &bench.profile.limits.reading());
    let world = World {
        message: reading.message_digest().map(str::to_owned),
        document: Some("another".to_owned()),
        ..World::default()
    };
    assert_eq!(bench.judge(&message, &world), []);
    let world = World { document: reading.document_digest().map(str::to_owned), ..World::default() };
    let codes: Vec<String> = bench.judge(&message, &world).into_iter().map(|one| one.code.to_string()).collect();
    assert_eq!(codes, ["message-id-reused"], "the same document in another message is no other document");
}

#[test]
fn a_file_on_its_own_lacks_nothing_that_only_an_archive_tells() {
    let (cases, bench) = (Cases::read(), Bench::new());
    let correction = cases.message("correction", &[], Signer::default());
    assert_eq!(bench.judge(&correction, &UnknownArchive), []);
    let document = read(&correction, &bench.profile.limits.reading()).document.expect("document").expect("read").text;
    assert_eq!(bench.judge(document.as_bytes(), &UnknownArchive), [], "a document without its frame");
}

/// Each of these made some rule take time that grew with the square of the message before it was bounded.
#[test]
fn floods_are_judged_and_told_in_few_findings() {
    let (cases, bench) = (Cases::read(), Bench::new());
    let client = "<recordTarget><patient><id root=\"1.2.246.21\" extension=\"x\"/></patient></recordTarget>";
    let known = "<recordTarget><patient><id root=\"1.2.246.21\" extension=\"010280-952L\"/></patient></recordTarget>";
    let floods = [
        ("frame", "<custodian", client.repeat(20_000)),
        ("frame", "<custodian", known.repeat(20_000)),
        ("display-form", "<p>", "<p>010181-900D 010181-123X</p>".repeat(20_000)),
        ("json", "\"paikka\"", format!("\"x\": [{}0], ", r#"{"henkilotunnus": {"value": "1"}}, "#.repeat(20_000))),
    ];
    for (part, find, flood) in floods {
        let edit = Edit::insert(part, find, &flood);
        let findings = bench.judge(&cases.message("client-document", &[edit], Signer::default()), &World::default());
        assert!((1..=60).contains(&findings.len()), "{part}: {}", findings.len());
    }
}

#[test]
fn the_sample_messages_have_nothing_wrong() {
    let Some(shared) = shared() else { return };
    let mut bench = Bench::new();
    let read = |name: &str| fs::read(shared.join("spec/samples").join(name)).expect(name);
    bench.trust = TrustAnchors::from_pem(&read("test-ca.pem")).expect("authority");
    for name in ["client-relationship.frame.xml", "client-document.frame.xml"] {
        assert_eq!(bench.judge(&read(name), &UnknownArchive), [], "{name}");
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let _ = Bench::new().judge(&bytes, &World::default());
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]
    #[test]
    fn no_damaged_message_panics(at in 0.0..1.0_f64, length in 0_usize..40, text in "[<>/\"=a-z0-9 ]{0,8}") {
        let (cases, bench) = (Cases::read(), Bench::new());
        let mut message = cases.message("client-document", &[], Signer::default());
        let start = (at * message.len() as f64) as usize;
        let end = (start + length).min(message.len());
        message.splice(start..end, text.into_bytes());
        let _ = bench.judge(&message, &World::default());
    }
}
