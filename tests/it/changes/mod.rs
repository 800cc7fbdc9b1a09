//! What CONTRIBUTING.md promises a change needs is shown: an example of each kind of change is made in a copy of the
//! tree, touches no more files than is said, and the program made from the copy works with it.

mod example;
mod tree;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use example::{Trial, examples};
use tree::Tree;

/// Tests of the copy that hold what a change has to keep: texts in every language, what is made from data, structure.
const TESTS: [&str; 8] = [
    "architecture::",
    "archive_rules::",
    "endpoint::today",
    "own_service::",
    "rule_pages",
    "scenario_docs",
    "texts::",
    "words::",
];

#[test]
fn each_example_touches_no_more_files_than_its_heading_says() {
    let guide = include_str!("../../../CONTRIBUTING.md");
    for example in examples() {
        let (touched, what) = example.touched();
        assert_eq!(touched.len(), example.files.or(example.folders).expect("a count"), "{touched:#?}");
        let promise = format!("## {}\n\n*At most {} {what}", example.heading, touched.len());
        assert!(guide.contains(&promise), "CONTRIBUTING.md lacks: {promise}");
    }
}

#[test]
fn every_kind_of_change_has_its_example() {
    let guide = include_str!("../../../CONTRIBUTING.md");
    let kinds: BTreeSet<&str> = guide.lines().filter_map(|line| line.strip_prefix("## Add ")).collect();
    let examples = examples();
    let shown: BTreeSet<&str> = examples.iter().filter_map(|one| one.heading.strip_prefix("Add ")).collect();
    assert_eq!(kinds, shown);
}

#[test]
#[ignore = "builds the program anew from a copy of the tree"]
fn the_program_with_every_example_in_it_works() {
    let tree = Tree::copied();
    let examples = examples();
    examples.iter().for_each(|example| example.make(&tree));
    let docs = ["test", "--locked", "-q", "--test", "it", "--", "rule_pages", "scenario_docs", "page_says"];
    // Writes what is made from the changed data; the second time it only compares.
    let _written = cargo(&tree, &docs).env("UPDATE_DOCS", "1").output().expect("cargo");
    let tests = [&["test", "--locked", "-q", "--test", "it", "--"][..], &TESTS].concat();
    succeeded(&cargo(&tree, &tests).output().expect("cargo"));
    succeeded(
        &cargo(&tree, &["test", "--locked", "-q", "--lib", "--", "words::", "report::texts"]).output().expect("cargo"),
    );
    succeeded(&cargo(&tree, &["build", "--locked", "-q", "--bin", "kantakoe"]).output().expect("cargo"));
    let program = tree.target().join("debug").join("kantakoe");
    examples.iter().flat_map(|example| &example.run).for_each(|trial| tried(&program, trial));
}

/// Cargo in the copy, with the dependencies that are built already. What lies beside the tree does not lie beside the copy:
/// tests that need it may pass over it there, as `CI` would not let them.
fn cargo(tree: &Tree, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(tree.root()).env("CARGO_TARGET_DIR", tree.target());
    command.env_remove("UPDATE_DOCS").env_remove("CI");
    command
}

fn succeeded(output: &Output) {
    assert!(output.status.success(), "{}", text(output));
}

fn text(output: &Output) -> String {
    [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat()
}

/// Runs the program in a folder of its own.
fn tried(program: &Path, trial: &Trial) {
    let folder = tempfile::tempdir().expect("folder");
    let output = Command::new(program).args(&trial.arguments).current_dir(folder.path()).output().expect("run");
    assert_eq!(output.status.code(), Some(trial.exit), "{:?}: {}", trial.arguments, text(&output));
    assert!(text(&output).contains(&trial.says), "{:?}: {}", trial.arguments, text(&output));
}
