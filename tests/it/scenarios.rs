//! The scenario language: what ships is right, and every mistake has its place.

use std::collections::BTreeSet;
use std::path::Path;

use kantakoe::domain::Area;
use kantakoe::rule::Catalogue;
use kantakoe::scenario::{CheckContext, Controllers, Scenario, Step, built_in_files, built_in_tables, check, plan_all};
use kantakoe::source::SourceFile;

/// The names of the faults that Kanta plays.
fn catalogue() -> Catalogue {
    let (requirements, findings) = built_in_tables();
    Catalogue::read(&requirements, &findings).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn built_in() -> Vec<Scenario> {
    let catalogue = catalogue();
    let context = CheckContext { catalogue: &catalogue };
    built_in_files().iter().map(|file| check(file, context).unwrap_or_else(|mistakes| panic!("{mistakes}"))).collect()
}

#[test]
fn what_ships_is_right_and_covers_every_area() {
    let scenarios = built_in();
    assert!(scenarios.len() >= 20, "{} scenarios", scenarios.len());
    for area in Area::OF_SCENARIOS {
        let number = scenarios.iter().filter(|scenario| scenario.area == area).count();
        assert!(number >= 3, "{area} has {number} scenarios");
    }
    let ids: BTreeSet<_> = scenarios.iter().map(|scenario| &scenario.id).collect();
    assert_eq!(ids.len(), scenarios.len(), "an id stands twice");
}

#[test]
fn every_file_of_the_folder_ships() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut found = BTreeSet::new();
    for area in Area::OF_SCENARIOS {
        for entry in std::fs::read_dir(root.join(area.name())).expect("area folder") {
            let name = entry.expect("entry").file_name();
            found.insert(format!("scenarios/{area}/{}", name.to_string_lossy()));
        }
    }
    let listed: BTreeSet<String> = built_in_files().iter().map(|file| file.name.to_string()).collect();
    assert_eq!(found, listed);
}

#[test]
fn persons_are_unique_and_of_the_test_series() {
    let [own, other, organiser] = [1, 2, 4].map(|number| format!("1.2.246.10.9999999{number}.10.0"));
    let plans = plan_all(&built_in(), 1, &Controllers { own, other, organiser });
    let codes: Vec<&str> =
        plans.iter().flat_map(|plan| plan.persons.values()).map(|person| person.identity_code.as_str()).collect();
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
    assert!(codes.iter().all(|code| code.as_bytes()[7] == b'9'), "{codes:?}");
}

const GOOD: &str = r#"id = "storage-example"
area = "storage"
requirements = ["STO-01"]
title = { fi = "a", sv = "b", en = "c" }
purpose = { fi = "a", sv = "b", en = "c" }

[[person]]
name = "client"

[[step]]
name = "relationship"
action = "store-client-relationship"
client = "client"

[[expect]]
step = "relationship"
see = "exchanges"
operation = "store"
count = 1
finding = "document-not-stored"
"#;

#[test]
fn a_given_document_belongs_to_the_one_that_is_said_and_else_to_one_of_its_own() {
    let [own, other, organiser] = [1, 2, 4].map(|number| format!("1.2.246.10.9999999{number}.10.0"));
    let scenarios: Vec<Scenario> = built_in().into_iter().filter(|one| one.id.starts_with("search-by-")).collect();
    let plans = plan_all(&scenarios, 1, &Controllers { own, other, organiser });
    let plan = |id: &str| plans.iter().find(|plan| plan.scenario.id == id).expect(id);
    let planted = |id: &str, name: &str| plan(id).planted.iter().find(|one| one.name == name).expect(name).clone();
    let in_matter = |name: &str| planted("search-by-matter", name);
    assert_eq!(in_matter("matter").belongs_to, in_matter("relationship").set_id);
    assert_eq!(in_matter("letter").belongs_to, in_matter("matter").set_id);
    assert_eq!(in_matter("other-letter").belongs_to, in_matter("other-matter").set_id);
    let [first, second] = ["first-note", "second-note"].map(|name| planted("search-by-document-type", name));
    assert_ne!(first.belongs_to, second.belongs_to);
    assert_eq!(planted("search-by-document-type", "plan").document_type.as_deref(), Some("15007"));
}

#[test]
fn a_narrowed_search_needs_its_feature_and_a_stored_document_does_not() {
    let needed = |scenario: &str| -> Vec<Vec<&'static str>> {
        let scenario = built_in().into_iter().find(|one| one.id == scenario).expect("scenario");
        scenario.steps.iter().map(Step::features).collect()
    };
    assert_eq!(needed("search-by-matter"), [vec![], vec![], vec!["narrowed-searches"]]);
    assert_eq!(needed("search-by-document-type"), [vec![], vec![], vec!["narrowed-searches"]]);
    assert!(needed("storage-client-document").concat().is_empty());
}

/// A document that Kanta holds beforehand: its name and kind, in four lines.
macro_rules! given {
    ($name:literal, $kind:literal) => {
        concat!("[[given]]\nname = \"", $name, "\"\nclient = \"client\"\nkind = \"", $kind, "\"\n")
    };
}

/// What is replaced in the good scenario, by what, and where the mistake is then found: line and words.
const MISTAKES: [(&str, &str, &str, &str); 36] = [
    ("id = \"storage-example\"", "id = \"Storage Example\"", ":1:", "small letters"),
    ("area = \"storage\"", "area = \"storing\"", ":2:", "unknown area `storing`"),
    ("\"STO-01\"", "\"STO-99\"", ":3:", "unknown requirement `STO-99`"),
    ("title = { fi = \"a\", sv = \"b\", en = \"c\" }", "title = { sv = \"\" }", ":1:", "missing member `title`"),
    ("area = ", "aera = ", ":2:", "unknown member"),
    ("client = \"client\"", "client = \"nobody\"", ":13:", "unknown person `nobody`"),
    ("client = \"client\"\n", "", ":12:", "needs a client"),
    ("store-client-relationship", "store-everything", ":12:", "unknown action `store-everything`"),
    ("step = \"relationship\"", "step = \"elsewhere\"", ":16:", "unknown step `elsewhere`"),
    ("see = \"exchanges\"", "see = \"magic\"", ":17:", "unknown expectation `magic`"),
    ("operation = \"store\"", "operation = \"stores\"", ":18:", "did you mean `store`?"),
    ("operation = \"store\"\n", "", ":17:", "missing member `operation`"),
    ("count = 1", "at-least = 3\nat-most = 2", ":17:", "could never pass"),
    ("count = 1\n", "", ":17:", "could never fail"),
    ("count = 1", "count = 1\ndocuments = []", ":20:", "unknown member `documents` of expectation `exchanges`"),
    ("document-not-stored", "document-not-stored-at-all", ":20:", "unknown finding"),
    (
        "client = \"client\"\n",
        "client = \"client\"\nends = [\"succeeded\", \"refused\", \"failed\"]\n",
        ":14:",
        "could never fail",
    ),
    (
        "client = \"client\"\n",
        "client = \"client\"\n[step.fault]\nkanta = \"explodes\"\non = \"store\"\n",
        ":15:",
        "unknown fault of Kanta `explodes`",
    ),
    ("name = \"client\"", "name = \"client\"\nwrong-code = \"colour\"", ":9:", "unknown wrong code `colour`"),
    ("[[step]]\n", concat!(given!("a", "letter"), "[[step]]\n"), ":13:", "unknown kind of document `letter`"),
    ("[[step]]\n", concat!(given!("a", "matter"), "matter = \"b\"\n[[step]]\n"), ":14:", "unknown document `b`"),
    (
        "[[step]]\n",
        concat!(given!("a", "matter"), given!("b", "old-document"), "matter = \"a\"\n[[step]]\n"),
        ":18:",
        "stands below no matter",
    ),
    (
        "[[step]]\n",
        concat!(given!("a", "client-document"), "document-type = \"15007\"\n[[step]]\n"),
        ":14:",
        "is not open",
    ),
    (
        "[[step]]\n",
        concat!(given!("a", "old-document"), "document-type = \"plan\"\n[[step]]\n"),
        ":14:",
        "`plan` is not a specific document type",
    ),
    (
        "client = \"client\"\n",
        "client = \"client\"\ndocument-type = \"19005\"\n",
        ":14:",
        "store-client-relationship is narrowed by no criterion",
    ),
    (
        "\"exchanges\"\noperation = \"store\"\ncount = 1\nfinding = \"document-not-stored\"\n",
        "\"criterion\"\n",
        ":17:",
        "a criterion is a matter or a document type",
    ),
    (
        "store-client-relationship\"\nclient = \"client\"\n\n[[expect]]\nstep = \"relationship\"\nsee = \"exchanges\"\noperation = \"store\"\ncount = 1\nfinding = \"document-not-stored\"",
        "log-retention\"\n\n[[expect]]\nstep = \"relationship\"\nsee = \"retention\"\nyears = 12",
        ":1:",
        "nothing here has to reach Kanta",
    ),
    (
        "client = \"client\"\n\n[[expect]]\nstep = \"relationship\"\nsee = \"exchanges\"\noperation = \"store\"\ncount = 1\nfinding = \"document-not-stored\"",
        "client = \"client\"\nunsent = true\nends = [\"refused\"]\n[[expect]]\nstep = \"relationship\"\nsee = \"errors\"",
        ":11:",
        "never does this could pass",
    ),
    (
        "[[expect]]\n",
        "[[step]]\nname = \"pending\"\naction = \"send-pending\"\nunsent = true\n[[expect]]\n",
        ":16:",
        "sends nothing of its own",
    ),
    (
        "[[expect]]\n",
        "[[step]]\nname = \"own\"\naction = \"client-log\"\nclient = \"client\"\nyears = 3\nends = [\"refused\"]\n[[expect]]\n",
        ":16:",
        "never does this could pass",
    ),
    (
        "[[expect]]\n",
        "[[step]]\nname = \"pending\"\naction = \"send-pending\"\n[[expect]]\nstep = \"pending\"\nsee = \"notices\"\nitems = []\n[[expect]]\n",
        ":18:",
        "for want of any message",
    ),
    ("see = ", "sea = ", ":17:", "missing member `see`"),
    ("count = 1", "count = \"one\"", ":19:", "`count` is of type string"),
    ("count = 1", "cont = 1", ":19:", "did you mean `count`?"),
    ("count = 1", "count = 1\nmarked = 1", ":20:", "write true or false"),
    ("count = 1", "count = 1\ndocument-type = \"19005\"", ":20:", "unknown member `document-type`"),
];

#[test]
fn every_mistake_has_its_place_and_a_way_out() {
    let catalogue = catalogue();
    let context = CheckContext { catalogue: &catalogue };
    check(&SourceFile::new("good.toml", GOOD), context).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    for (from, to, place, words) in MISTAKES {
        assert!(GOOD.contains(from), "{from}");
        let file = SourceFile::new("bad.toml", GOOD.replacen(from, to, 1));
        let shown = check(&file, context).expect_err(words).to_string();
        assert!(shown.contains(&format!("bad.toml{place}")), "{words} not at {place}:\n{shown}");
        assert!(shown.contains(words) && shown.contains("help"), "{words}:\n{shown}");
    }
}

#[test]
fn every_mistake_of_an_expectation_is_told_at_once() {
    let catalogue = catalogue();
    let context = CheckContext { catalogue: &catalogue };
    let text = GOOD.replace("count = 1", "cuont = 1\nmarked = 2").replace("operation = \"store\"", "operation = 7");
    let mistakes = check(&SourceFile::new("bad.toml", text), context).expect_err("three mistakes");
    let titles: Vec<&str> = mistakes.0.iter().map(|mistake| mistake.title.as_str()).collect();
    let lines: BTreeSet<u32> = mistakes.0.iter().map(|mistake| mistake.position().line).collect();
    assert_eq!(titles.len(), 3, "{titles:?}");
    assert_eq!(lines.into_iter().collect::<Vec<_>>(), [18, 19, 20], "{titles:?}");
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,200}", cut in 0_usize..400) {
        let catalogue = catalogue();
        let context = CheckContext { catalogue: &catalogue };
        let at = GOOD.char_indices().map(|(at, _)| at).nth(cut.min(GOOD.len() - 1)).unwrap_or(0);
        let mixed = format!("{}{text}{}", &GOOD[..at], &GOOD[at..]);
        let _ = check(&SourceFile::new("mixed.toml", mixed), context);
    }
}

#[test]
fn the_editor_schema_accepts_what_ships_and_refuses_strangers() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../schemas/scenario.schema.json")).expect("schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("schema");
    for file in built_in_files() {
        let scenario: serde_json::Value = toml::from_str(&file.text).expect("TOML");
        let wrong: Vec<String> = validator.iter_errors(&scenario).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", file.name);
    }
    let stranger: serde_json::Value = toml::from_str(&GOOD.replace("see =", "sea =")).expect("TOML");
    assert!(!validator.is_valid(&stranger));
}
