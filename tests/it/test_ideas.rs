//! docs/test-ideas.md finds every test idea, and what it names is there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kantakoe::domain::Level;
use kantakoe::reference::Fault;
use kantakoe::rule::Catalogue;
use kantakoe::scenario::{built_in_files, built_in_tables};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// How many ideas there are of each kind.
const KINDS: [(&str, usize); 5] = [("DN", 24), ("HT", 12), ("SG", 6), ("ER", 10), ("LG", 14)];
/// Why an idea that claims a must has no fault of the reference system.
const NO_FAULT: &str = "none: ";

struct Row {
    idea: String,
    level: String,
    requirements: Vec<String>,
    seen_by: Vec<String>,
    faults: Vec<String>,
    why_none: Option<String>,
}

fn rows() -> Vec<Row> {
    let list = |cell: &str| cell.split(", ").map(str::to_owned).collect::<Vec<_>>();
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [idea, level, _, requirements, seen_by, faults] = cells.as_slice() else { panic!("{line}") };
        let why_none = faults.strip_prefix(NO_FAULT).map(str::to_owned);
        Row {
            idea: (*idea).to_owned(),
            level: (*level).to_owned(),
            requirements: list(requirements),
            seen_by: list(seen_by),
            faults: if why_none.is_some() { Vec::new() } else { list(faults) },
            why_none,
        }
    };
    let lines = include_str!("../../docs/test-ideas.md").lines();
    lines.filter(|line| line.starts_with("| ") && !line.starts_with("| idea")).map(row).collect()
}

fn catalogue() -> Catalogue {
    let (requirements, findings) = built_in_tables();
    Catalogue::read(&requirements, &findings).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// The requirements that each fault breaks.
fn broken() -> BTreeMap<String, BTreeSet<String>> {
    let catalogue = catalogue();
    let of = |code: &&str| catalogue.get_finding(code).expect("listed").requirement.clone();
    Fault::all().map(|fault| (fault.name().to_owned(), fault.findings().iter().map(of).collect())).collect()
}

/// Everything below `folder` with this ending: path from there, and text.
fn files(folder: &Path, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            let name = path.file_name().expect("name").to_string_lossy().into_owned();
            found.push((name, std::fs::read_to_string(&path).expect("text")));
        }
    }
    found
}

#[test]
fn all_ideas_are_there_in_their_order() {
    let told: Vec<String> = rows().into_iter().map(|row| row.idea).collect();
    let all: Vec<String> =
        KINDS.iter().flat_map(|(kind, count)| (1..=*count).map(move |number| format!("{kind}-{number:02}"))).collect();
    assert_eq!(all.len(), 66);
    assert_eq!(told, all);
}

#[test]
fn what_sees_an_idea_is_there() {
    let rules: BTreeSet<String> =
        files(&Path::new(ROOT).join("src/rule"), ".rs").into_iter().map(|(name, _)| name).collect();
    let tests: String = files(&Path::new(ROOT).join("tests/it"), ".rs").into_iter().map(|(_, text)| text).collect();
    let scenarios: BTreeSet<String> = built_in_files()
        .iter()
        .map(|file| file.name.trim_start_matches("scenarios/").trim_end_matches(".toml").to_owned())
        .collect();
    for row in rows() {
        for name in &row.seen_by {
            let is_there = if name.ends_with(".rs") {
                rules.contains(name)
            } else if let Some(test) = name.strip_prefix('(') {
                tests.contains(&format!("fn {}()", test.trim_end_matches(')')))
            } else {
                scenarios.contains(name)
            };
            assert!(is_there, "{}: there is no {name}", row.idea);
        }
    }
}

#[test]
fn the_requirements_of_an_idea_are_as_binding_as_it_is() {
    let catalogue = catalogue();
    for row in rows() {
        let level =
            |id: &String| catalogue.get_requirement(id).unwrap_or_else(|| panic!("{}: no {id}", row.idea)).level;
        let levels: Vec<Level> = row.requirements.iter().map(level).collect();
        match row.level.as_str() {
            "must" => assert!(levels.contains(&Level::Must), "{}", row.idea),
            "should" => {}
            other => panic!("{}: no level {other}", row.idea),
        }
    }
}

#[test]
fn each_idea_is_proved_by_faults_that_break_its_requirements() {
    let broken = broken();
    for row in rows() {
        let of = |fault: &String| broken.get(fault).unwrap_or_else(|| panic!("{}: no fault {fault}", row.idea));
        for fault in &row.faults {
            let hits = row.requirements.iter().any(|requirement| of(fault).contains(requirement));
            assert!(hits, "{}: {fault} breaks none of {:?}", row.idea, row.requirements);
        }
        let reason = row.why_none.as_deref().unwrap_or_default();
        assert_ne!(row.faults.is_empty(), reason.is_empty(), "{}", row.idea);
        let killed: BTreeSet<&String> = row.faults.iter().flat_map(of).collect();
        let spared = row.requirements.iter().find(|requirement| !killed.contains(requirement));
        assert!(spared.is_none() || row.why_none.is_some(), "{}: no fault breaks {spared:?}", row.idea);
    }
}
