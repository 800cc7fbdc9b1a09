//! The proof that the harness is right: the reference system and its variants pass, and each fault gives
//! exactly the findings that the table names.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::Mutex;

use kantakoe::reference::{Fault, Variant};
use kantakoe::rule::Catalogue;
use kantakoe::scenario::{built_in_files, built_in_tables};
use serde::Deserialize;
use serde_json::Value;

use crate::phrases::is_english;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    fault: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    findings: BTreeSet<String>,
}

fn table() -> BTreeMap<String, BTreeSet<String>> {
    let table: Table = toml::from_str(include_str!("../../catalogue/faults.toml")).expect("table");
    let rows = table.fault.len();
    let table: BTreeMap<_, _> = table.fault.into_iter().map(|row| (row.name, row.findings)).collect();
    assert_eq!(table.len(), rows, "a fault stands twice");
    table
}

struct Ran {
    code: Option<i32>,
    report: Value,
    told: String,
}

fn run(arguments: &[&str]) -> Ran {
    let folder = tempfile::tempdir().expect("folder");
    let output = Command::new(env!("CARGO_BIN_EXE_kantakoe"))
        .arg("run")
        .args(arguments)
        .arg("--report")
        .arg(folder.path())
        .output()
        .expect("program");
    let text = std::fs::read_to_string(folder.path().join("report.json")).unwrap_or_default();
    Ran {
        code: output.status.code(),
        report: serde_json::from_str(&text).unwrap_or(Value::Null),
        told: String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
    }
}

/// Codes of all findings that are no mere notes.
fn codes(report: &Value) -> BTreeSet<String> {
    let of = |holder: &Value| holder["findings"].as_array().cloned().unwrap_or_default();
    let scenarios = report["scenarios"].as_array().cloned().unwrap_or_default();
    let all = scenarios.iter().flat_map(of).chain(of(report));
    all.filter(|finding| finding["severity"] != "note")
        .filter_map(|finding| finding["code"].as_str().map(str::to_owned))
        .collect()
}

/// What findings and reasons tell in English although the report is in Finnish. What the system itself said
/// is quoted as it is.
fn english(report: &Value) -> Vec<String> {
    let scenarios = report["scenarios"].as_array().cloned().unwrap_or_default();
    let said = |step: &Value| step["message"].as_str().map(str::to_owned).filter(|message| !message.is_empty());
    let told = |scenario: &Value| {
        let said: Vec<String> = scenario["steps"].as_array().into_iter().flatten().filter_map(said).collect();
        let findings = scenario["findings"].as_array().cloned().unwrap_or_default();
        let texts = findings.into_iter().flat_map(|finding| [finding["expected"].clone(), finding["actual"].clone()]);
        let texts = texts.chain([scenario["reason"]["detail"].clone()]);
        let texts: Vec<String> = texts.filter_map(|text| text.as_str().map(str::to_owned)).collect();
        texts.into_iter().filter(move |text| is_english(text) && !said.iter().any(|said| text.contains(said.as_str())))
    };
    scenarios.iter().chain([report]).flat_map(told).collect()
}

#[test]
fn the_table_names_each_fault_and_no_other() {
    let listed: BTreeSet<String> = table().into_keys().collect();
    let there: BTreeSet<String> = Fault::all().map(|fault| fault.name().to_owned()).collect();
    assert_eq!(listed, there);
    assert!(there.len() >= 25);
}

#[test]
fn each_fault_gives_just_its_findings() {
    let work: Mutex<Vec<_>> = Mutex::new(table().into_iter().collect());
    let wrong: Mutex<Vec<String>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        // A run keeps its processors busy but for the waits at its end.
        for _ in 0..2 * std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some((fault, expected)) = { work.lock().expect("work").pop() } {
                    // Several runs share the processors here, so that each has fewer lanes.
                    let ran = run(&["--fault", &fault, "--lang", "fi", "--lanes", "6"]);
                    let found = codes(&ran.report);
                    let english = english(&ran.report);
                    if !english.is_empty() {
                        wrong.lock().expect("wrong").push(format!("{fault} tells in English: {english:#?}"));
                    }
                    let ended = (ran.code, ran.report["outcome"].as_str().unwrap_or_default());
                    if ended != (Some(1), "fail") || found != expected {
                        let line = format!("{fault}: {ended:?}, expected {expected:?}, found {found:?}");
                        wrong.lock().expect("wrong").push(line);
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("wrong");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_reference_system_passes_in_every_variant() {
    for variant in Variant::all() {
        let ran = run(&["--variant", variant.name]);
        assert_eq!(ran.code, Some(0), "{}:\n{}", variant.name, ran.told);
        assert_eq!(codes(&ran.report), BTreeSet::new(), "{}", variant.name);
    }
}

#[test]
fn the_reference_system_passes_whichever_way_its_log_comes_in() {
    for way in ["jsonl", "fhir", "bundle", "push"] {
        let ran = run(&["--use-log", way]);
        assert_eq!(ran.code, Some(0), "{way}:\n{}", ran.told);
        assert_eq!(codes(&ran.report), BTreeSet::new(), "{way}");
    }
}

fn catalogue() -> Catalogue {
    let (requirements, findings) = built_in_tables();
    Catalogue::read(&requirements, &findings).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[derive(Deserialize)]
struct Claims {
    requirements: Vec<String>,
}

#[test]
fn each_claimed_requirement_is_killed_by_a_fault() {
    let catalogue = catalogue();
    let requirement = |code: &String| catalogue.get_finding(code).expect("listed").requirement.clone();
    let killed: BTreeSet<String> = table().values().flatten().map(requirement).collect();
    for file in built_in_files() {
        let claims: Claims = toml::from_str(&file.text).expect("scenario");
        for claimed in claims.requirements {
            assert!(killed.contains(&claimed), "{}: no fault breaks {claimed}", file.name);
        }
    }
}

/// The matrix as docs/faults.md shows it.
fn matrix() -> String {
    let (table, catalogue) = (table(), catalogue());
    let mut text = String::from(
        "# Faults of the reference system\n\nEach row is one switch (`kantakoe run --fault NAME`) and the findings that catch it. A test runs every fault\nand holds that it gives exactly these. It writes this page too: `UPDATE_DOCS=1 cargo test documented_matrix`.\n\n| fault | what it does | findings | requirements |\n|---|---|---|---|\n",
    );
    for fault in Fault::all() {
        let codes = &table[fault.name()];
        let of = |code: &String| catalogue.get_finding(code).expect("listed").requirement.clone();
        let requirements: BTreeSet<String> = codes.iter().map(of).collect();
        let list = |items: &BTreeSet<String>| items.iter().cloned().collect::<Vec<_>>().join(", ");
        let row =
            format!("| `{}` | {} | {} | {} |\n", fault.name(), fault.describe(), list(codes), list(&requirements));
        text.push_str(&row);
    }
    let caught: BTreeSet<&String> = table.values().flatten().collect();
    let codes = catalogue.findings().map(|kind| kind.code.as_str());
    let never: Vec<&str> = codes.filter(|code| !caught.iter().any(|caught| caught == code)).collect();
    text.push_str(&format!(
        "\nFindings that no fault of the reference system gives; tests of their rules give them instead: {}.\n",
        never.join(", ")
    ));
    text
}

#[test]
fn the_documented_matrix_is_true() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/faults.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, matrix()).expect("write");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == matrix(), "docs/faults.md is not what the table says; run with UPDATE_DOCS=1");
}
