//! The list of rules about messages: each has a file of its name, a requirement of the catalogue, codes of its own.

use std::collections::BTreeMap;
use std::path::Path;

use kantakoe::rule::message::rules;
use kantakoe::rule::{Catalogue, FindingCode};
use kantakoe::source::SourceFile;

fn catalogue() -> Catalogue {
    let requirements = SourceFile::new("requirements", include_str!("../../catalogue/requirements.toml"));
    let findings = SourceFile::new("findings", include_str!("../../catalogue/findings.toml"));
    Catalogue::read(&requirements, &findings).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// The files of rules: those in the folders of the room that hold one.
fn files() -> Vec<String> {
    let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rule/message");
    let folders = room.read_dir().expect("room").map(|entry| entry.expect("entry").path()).filter(|path| path.is_dir());
    let files = folders.flat_map(|folder| folder.read_dir().expect("folder").map(|entry| entry.expect("entry").path()));
    let holds_rule = |path: &std::path::PathBuf| std::fs::read_to_string(path).expect("file").contains("const RULE:");
    let name = |path: std::path::PathBuf| path.file_stem().expect("name").to_string_lossy().replace('_', "-");
    let mut names: Vec<String> = files.filter(holds_rule).map(name).collect();
    names.sort();
    names
}

#[test]
fn each_rule_has_a_file_of_its_name_and_runs_once() {
    let mut ids: Vec<&str> = rules().map(|rule| rule.id).collect();
    ids.sort_unstable();
    assert!(ids.len() > 50, "only {} rules", ids.len());
    assert_eq!(ids, files());
}

#[test]
fn each_code_belongs_to_one_rule_whose_requirement_is_that_of_the_catalogue() {
    let catalogue = catalogue();
    let mut rule_of: BTreeMap<FindingCode, &str> = BTreeMap::new();
    for rule in rules() {
        let first = rule.codes.first().unwrap_or_else(|| panic!("{} gives no finding", rule.id));
        assert_eq!(rule.requirement, catalogue.finding(*first).requirement, "{}", rule.id);
        for code in rule.codes {
            assert_eq!(rule_of.insert(*code, rule.id), None, "{code} stands in {} and in another rule", rule.id);
        }
    }
}
