//! Holds what `docs/architecture.md` says: rooms use only what stands above them, and bounds of size.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::all_files;

/// The rooms from the ground up.
const ROOMS: [&str; 14] = [
    "harness",
    "clock",
    "words",
    "access",
    "settings",
    "register",
    "store",
    "mail",
    "night",
    "sample",
    "elsewhere",
    "page",
    "web",
    "command",
];
const LONGEST_FILE: usize = 600;
const LONGEST_FUNCTION: usize = 80;

fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let paths = all_files(&root);
    let name = |path: &PathBuf| path.strip_prefix(&root).expect("below").display().to_string();
    paths.iter().map(|path| (name(path), std::fs::read_to_string(path).expect("text"))).collect()
}

fn room_of(file: &str) -> &str {
    file.split('/').next().unwrap_or_default().trim_end_matches(".rs")
}

#[test]
fn rooms_use_only_what_stands_above_them() {
    for (file, text) in sources() {
        let Some(own) = ROOMS.iter().position(|room| *room == room_of(&file)) else { continue };
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (other, room) in ROOMS.iter().enumerate().skip(own + 1) {
            assert!(!text.contains(&format!("crate::{room}")), "{file} uses {room}, which stands below it ({other})");
        }
    }
}

#[test]
fn files_and_functions_are_short_and_sql_and_output_have_one_home() {
    for (file, text) in sources() {
        assert!(text.lines().count() <= LONGEST_FILE, "{file} is too long");
        let mut start = None;
        for (number, line) in text.lines().enumerate() {
            let indent = line.len() - line.trim_start().len();
            if line.trim_start().contains("fn ") && line.trim_end().ends_with('{') {
                start = Some((number, indent));
            }
            if let Some((first, depth)) = start
                && line.trim() == "}"
                && indent == depth
            {
                assert!(number - first < LONGEST_FUNCTION, "{file}: the function of line {} is too long", first + 1);
                start = None;
            }
        }
        assert!(room_of(&file) == "store" || !text.contains("sqlx::"), "{file} holds SQL");
        assert!(room_of(&file) == "command" || !text.contains("println!"), "{file} prints");
        assert!(file == "clock.rs" || !text.contains("Timestamp::now"), "{file} reads the clock");
        assert!(!file.ends_with("mod.rs") || !text.contains("fn "), "{file} holds logic");
        let uses_harness = text.contains("kantakoe::");
        assert!(file == "harness.rs" || !uses_harness, "{file} uses the harness past src/harness.rs");
    }
}

/// Files of the same room that a file uses: `use super::name` and `use super::{name, …}`.
fn neighbours(file: &str, text: &str) -> Vec<String> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    for rest in text.split("super::").skip(1) {
        let names = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().split(',').collect(),
            None => vec![rest],
        };
        for name in names {
            let name: String = name.trim().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            found.push(format!("{folder}/{name}.rs"));
        }
    }
    found
}

#[test]
fn no_files_form_a_circle() {
    let sources = sources();
    let uses: BTreeMap<&str, Vec<String>> =
        sources.iter().map(|(file, text)| (file.as_str(), neighbours(file, text))).collect();
    for start in uses.keys() {
        let (mut waiting, mut seen) = (uses[start].clone(), std::collections::BTreeSet::new());
        while let Some(file) = waiting.pop() {
            assert!(file != *start, "{start} uses itself by way of others: {seen:?}");
            if seen.insert(file.clone()) {
                waiting.extend(uses.get(file.as_str()).into_iter().flatten().cloned());
            }
        }
    }
}
