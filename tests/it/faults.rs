//! The proof that the harness is right: the reference system and its variants pass, and each fault gives
//! exactly the findings that the table names.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::Mutex;

use kantakoe::reference::{Fault, Variant};
use serde::Deserialize;
use serde_json::Value;

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
    let table: Table = toml::from_str(include_str!("../../scenarios/faults.toml")).expect("table");
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
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some((fault, expected)) = { work.lock().expect("work").pop() } {
                    let ran = run(&["--fault", &fault]);
                    let found = codes(&ran.report);
                    if ran.code != Some(1) || found != expected {
                        let line = format!("{fault}: exit {:?}, expected {expected:?}, found {found:?}", ran.code);
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
