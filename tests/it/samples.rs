//! Samples of every official document type: valid as they are, refused with the place when one thing in
//! them is wrong, by the schema itself and by the rules that judge messages and files.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kantakoe::domain::{Gender, Person, Severity};
use kantakoe::rule::Finding;
use kantakoe::schema::{DocumentSchemas, SamplePersons, SchemaOutcome};
use kantakoe::state::UnknownArchive;
use serde_json::{Value, json};

use crate::archive_rules::Bench;
use crate::document_schemas::official;
use crate::support::fixture;

const NOTE: &str = "1.2.246.537.6.1506.19005.2022.1.10";

/// The client of the fixtures, and someone else.
fn persons() -> SamplePersons {
    let client = Person {
        identity_code: "010181-900C".to_owned(),
        family_name: "Koekas".to_owned(),
        given_names: vec!["Elli".to_owned(), "Testi".to_owned()],
        birth_date: jiff::civil::date(1981, 1, 1),
        gender: Gender::Female,
    };
    SamplePersons { client, other: Person::synthetic(1, |_| true) }
}

/// The official schemas, and a sample of each under its content specification.
fn samples() -> Option<(DocumentSchemas, Vec<(String, Value)>)> {
    let schemas = DocumentSchemas::load(official()?).expect("names");
    let sample =
        |id: &str| (id.to_owned(), schemas.sample(id, &persons()).unwrap_or_else(|error| panic!("{id}: {error}")));
    // Beside them stand those of the harness, under the arc 2.25.
    let samples: Vec<_> = schemas.ids().filter(|id| id.starts_with("1.2.246.537.")).map(sample).collect();
    assert_eq!(samples.len(), 202);
    Some((schemas, samples))
}

/// Pointers of every value inside of `value`.
fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, member)| (escaped(name), member)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    for (name, member) in members {
        let pointer = format!("{at}/{name}");
        pointers(member, &pointer, all);
        all.push(pointer);
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// The sample with one mistake after the other, and where each must be told.
fn broken(sample: &Value) -> Vec<(Value, String)> {
    let mut all = vec![String::new()];
    pointers(sample, "", &mut all);
    all.iter().flat_map(|pointer| broken_at(sample, pointer)).collect()
}

/// Another type for any value; for an object a member too many, and one too few for each that it has. The
/// identity code of a client may be left out.
fn broken_at(sample: &Value, pointer: &str) -> Vec<(Value, String)> {
    let with = |value: Value| {
        let mut sample = sample.clone();
        *sample.pointer_mut(pointer).expect("there") = value;
        (sample, pointer.to_owned())
    };
    let mut all = vec![with(Value::Null)];
    if let Some(Value::Object(members)) = sample.pointer(pointer) {
        let mut more = members.clone();
        more.insert("ei_skeemassa".to_owned(), json!(1));
        all.push(with(Value::Object(more)));
        for name in members.keys().filter(|name| !(*name == "henkilotunnus" && pointer.contains("/asiakas"))) {
            let mut fewer = members.clone();
            fewer.remove(name);
            all.push(with(Value::Object(fewer)));
        }
    }
    all
}

#[test]
fn one_mistake_in_a_sample_of_any_official_type_is_refused_with_its_place() {
    let Some((schemas, samples)) = samples() else { return };
    let mut tried = 0;
    for (id, sample) in &samples {
        assert_eq!(schemas.judge(id, sample), SchemaOutcome::Valid, "{id}");
        for (value, pointer) in broken(sample) {
            let places: Vec<String> = match schemas.judge(id, &value) {
                SchemaOutcome::Invalid(violations) => {
                    violations.into_iter().map(|violation| violation.pointer).collect()
                }
                // A member that only others make mandatory is missed by the conditions.
                _ => schemas.conditions(id, &value).unmet.into_iter().map(|unmet| unmet.pointer).collect(),
            };
            assert!(!places.is_empty() && places.iter().all(|place| *place == pointer), "{id}{pointer}: {places:?}");
            tried += 1;
        }
    }
    assert!(tried > 9_000, "only {tried} mistakes were tried");
}

/// A document of the content specification `id` around the structured form.
fn document(id: &str, json: &Value) -> String {
    let arc = |prefix: &str| Some(id.strip_prefix(prefix)?.split('.').next().expect("code").to_owned());
    let text = fixture("archive/client-document.document.xml").replace(NOTE, id);
    let text = text.replace("{json}", &STANDARD.encode(json.to_string()));
    match (arc("1.2.246.537.6.1506."), arc("1.2.246.537.6.1505.")) {
        (Some(code), _) => text.replace("code=\"19005\"", &format!("code=\"{code}\"")),
        (None, Some(group)) => {
            let text = text.replace("documentGroup code=\"5\"", &format!("documentGroup code=\"{group}\""));
            text.lines().filter(|line| !line.contains("specificDocumentType")).collect::<Vec<_>>().join("\n")
        }
        (None, None) => panic!("{id} is no content specification"),
    }
}

fn about_schema(findings: Vec<Finding>) -> Vec<(String, String)> {
    let place = |finding: &Finding| finding.place.as_ref().map(|place| place.path.to_string()).unwrap_or_default();
    let is_about = |finding: &Finding| finding.code.as_str().starts_with("json-") && finding.severity != Severity::Note;
    let findings = findings.into_iter().filter(is_about);
    findings.map(|finding| (finding.code.to_string(), place(&finding))).collect()
}

#[test]
fn the_rules_of_messages_see_a_mistake_in_a_document_of_any_official_type() {
    let Some((schemas, samples)) = samples() else { return };
    let mut bench = Bench::new();
    bench.schemas = schemas;
    let judge = |id: &str, json: &Value| about_schema(bench.judge(document(id, json).as_bytes(), &UnknownArchive));
    for (id, sample) in &samples {
        assert_eq!(judge(id, sample), [], "{id}");
        let mistakes = broken(sample);
        let (value, pointer) = &mistakes[id.len() * 7 % mistakes.len()];
        let told = judge(id, value);
        let is_it = |(code, place): &(String, String)| match code.as_str() {
            "json-invalid" => place == pointer,
            code => {
                code == "json-condition-broken" && place.rsplit_once('/').is_some_and(|(parent, _)| parent == pointer)
            }
        };
        assert!(told.iter().any(is_it), "{id}{pointer}: {told:?}");
    }
}

/// The program, with a folder that holds one schema which asks more than the built-in one of the same name.
#[test]
fn the_program_samples_and_checks_by_a_folder_of_schemas() {
    let desk = tempfile::tempdir().expect("folder");
    std::fs::create_dir(desk.path().join("schemas")).expect("folder");
    let own = fixture(&format!("../../schemas/documents/{NOTE}.json"));
    let strict = own.replacen("\"asiakas\",\n", "\"asiakas\", \"sovitut_asiat\",\n", 1);
    assert_ne!(own, strict);
    std::fs::write(desk.path().join(format!("schemas/{NOTE}.json")), strict).expect("write");
    let run = |arguments: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("kantakoe").expect("program");
        command.current_dir(desk.path()).args(arguments).output().expect("run")
    };
    let sample = |arguments: &[&str]| {
        let output = run(&[&["sample", "--type", NOTE], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        serde_json::from_slice::<Value>(&output.stdout).expect("JSON")
    };
    let folder = ["--document-schemas", "schemas"];
    let (plain, full) = (sample(&[]), sample(&folder));
    assert_eq!(full["merkinta_tapaamisesta_tai_yhteydenotosta"]["sovitut_asiat"], "Esimerkki");
    assert_eq!(plain, sample(&["--seed", "1"]), "the same seed gives the same sample");
    assert_ne!(plain, sample(&["--seed", "2"]));
    let told = |json: &Value| {
        std::fs::write(desk.path().join("document.xml"), document(NOTE, json)).expect("write");
        String::from_utf8(run(&[&["check", "document.xml"], &folder[..]].concat()).stdout).expect("text")
    };
    assert!(!told(&full).contains("json-invalid"), "{}", told(&full));
    assert!(told(&plain).contains("json-invalid"), "{}", told(&plain));
    assert_eq!(run(&["sample", "--type", "1.2.3"]).status.code(), Some(2));
    for command in [&["sample", "--type", NOTE][..], &["check", "document.xml"], &["endpoint"]] {
        let output = run(&[command, &["--document-schemas", "absent"]].concat());
        assert_eq!(output.status.code(), Some(3), "{command:?}: {output:?}");
    }
}
