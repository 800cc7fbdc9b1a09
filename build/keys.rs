//! Makes from data what the compiler then checks: the codes of findings, the keys of messages, the languages, the faults,
//! the list of scenarios that ship.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The table whose rows name the codes of findings.
const FINDINGS: &str = "catalogue/findings.toml";
/// The table whose rows are the faults of the reference system.
const FAULTS: &str = "catalogue/faults.toml";
/// The folder with a folder a language.
const TEXTS: &str = "texts";
/// The folder with a folder an area, each with its scenarios.
const SCENARIOS: &str = "scenarios";
/// The language in which messages are written first: it says which keys and places there are.
const FIRST_LANGUAGE: &str = "en";

/// Writes `finding_code.rs`, `messages.rs` and `languages.rs`.
pub fn make() {
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo sets OUT_DIR"));
    write(&out, "finding_code.rs", &finding_codes());
    write(&out, "message_key.rs", &message_keys());
    write(&out, "messages.rs", &messages());
    write(&out, "languages.rs", &languages());
    write(&out, "faults.rs", &faults());
    write(&out, "scenario_files.rs", &scenario_files());
}

fn write(out: &Path, name: &str, text: &str) {
    fs::write(out.join(name), text).unwrap_or_else(|error| panic!("cannot write {name}: {error}"));
}

fn table(path: &str) -> toml::Table {
    println!("cargo::rerun-if-changed={path}");
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {path}: {error}"));
    text.parse().unwrap_or_else(|error| panic!("{path} is no TOML: {error}"))
}

/// `pub enum FindingCode` with a variant a row of the table of findings.
fn finding_codes() -> String {
    let table = table(FINDINGS);
    let rows = table["finding"].as_array().expect("[[finding]] rows").iter();
    let mut names: Vec<&str> = rows.map(|row| row["code"].as_str().expect("code is a text")).collect();
    names.sort_unstable();
    let doc =
        "/// Stable code of a kind of finding, as `kantakoe explain CODE` takes it. Made from the table of findings.";
    key_enum("FindingCode", doc, &names)
}

/// `pub enum Fault` with a variant a row of the table of faults, and the rows.
fn faults() -> String {
    let table = table(FAULTS);
    let rows = table["fault"].as_array().expect("[[fault]] rows");
    let (mut variants, mut lines) = (String::new(), String::new());
    for row in rows {
        let text = |member: &str| row[member].as_str().expect("a member of a fault is a text");
        let list = |member: &str| -> Vec<&str> {
            let items = row[member].as_array().expect("findings and scenarios are lists").iter();
            items.map(|item| item.as_str().expect("a list of a fault holds texts")).collect()
        };
        let (name, differs, findings, scenarios) = (text("name"), text("differs"), list("findings"), list("scenarios"));
        let variant = variant(name);
        let _ = writeln!(variants, "    #[doc = {differs:?}]\n    {variant},");
        let _ = writeln!(
            lines,
            "    Row {{ fault: Fault::{variant}, name: {name:?}, differs: {differs:?}, findings: &{findings:?}, scenarios: &{scenarios:?} }},"
        );
    }
    let doc = "/// One deviation from conforming behaviour. Made from the table of faults.";
    format!(
        "{doc}\n#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]\npub enum Fault {{\n{variants}}}\n\nconst TABLE: &[Row] = &[\n{lines}];\n"
    )
}

/// The messages of the first language by key.
fn message_table() -> BTreeMap<String, String> {
    let table = table(&format!("{TEXTS}/{FIRST_LANGUAGE}/messages.toml"));
    table.into_iter().map(|(key, text)| (key, text.as_str().expect("a message is a text").to_owned())).collect()
}

/// `pub enum Key` with a variant a message.
fn message_keys() -> String {
    let table = message_table();
    let names: Vec<&str> = table.keys().map(String::as_str).collect();
    key_enum("Key", "/// Key of a message that people read. Made from the texts.", &names)
}

/// A function a message, which takes the values of its places.
fn messages() -> String {
    let mut code = String::new();
    message_table().iter().for_each(|(key, text)| message_function(&mut code, key, text));
    code
}

fn message_function(code: &mut String, key: &str, text: &str) {
    let places = (0..).take_while(|place| text.contains(&format!("{{{place}}}"))).count();
    let parameters: Vec<String> = (0..places).map(|place| format!("value{place}: impl Into<Said>")).collect();
    let values: Vec<String> = (0..places).map(|place| format!("value{place}.into()")).collect();
    let (name, variant) = (key.replace('-', "_"), variant(key));
    let (parameters, values) = (parameters.join(", "), values.join(", "));
    let text = text.replace('`', "'");
    let _ = writeln!(
        code,
        "/// `{text}`\npub fn {name}({parameters}) -> Said {{\n    Said::Message(Key::{variant}, vec![{values}])\n}}"
    );
}

/// An enum with a variant a name, in the order of the names, and the names themselves.
fn key_enum(kind: &str, doc: &str, names: &[&str]) -> String {
    let mut code = format!(
        "{doc}\n#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n#[repr(u16)]\npub enum {kind} {{\n"
    );
    for name in names {
        let _ = writeln!(code, "    /// `{name}`\n    {},", variant(name));
    }
    let _ = writeln!(code, "}}\n\nimpl {kind} {{\n    /// Every one, by name.");
    let all: Vec<String> = names.iter().map(|name| format!("Self::{}", variant(name))).collect();
    let _ = writeln!(code, "    pub const ALL: [Self; {}] = [{}];", names.len(), all.join(", "));
    let _ = writeln!(code, "    const NAMES: [&'static str; {}] = {names:?};\n", names.len());
    let _ = writeln!(code, "    /// As the tables write it.\n    pub const fn as_str(self) -> &'static str {{");
    let _ = writeln!(code, "        Self::NAMES[self as usize]\n    }}\n}}");
    code
}

fn variant(name: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('-').map(word).collect()
}

/// `pub enum Language` with a variant a folder of texts, and the files of each folder.
fn languages() -> String {
    println!("cargo::rerun-if-changed={TEXTS}");
    let tags = entries(TEXTS);
    let names: Vec<&str> = tags.iter().map(String::as_str).collect();
    let doc = "/// A language in which reports are written. Made from the folders of texts.";
    let mut code = key_enum("Language", doc, &names);
    code.push_str("/// The files of each language's folder by name, in the order of [`Language::ALL`].\n");
    code.push_str("const FILES: &[&[(&str, &str)]] = &[\n");
    tags.iter().for_each(|tag| language_files(&mut code, tag));
    code.push_str("];\n");
    code
}

fn language_files(code: &mut String, tag: &str) {
    code.push_str("    &[\n");
    for file in entries(&format!("{TEXTS}/{tag}")) {
        let path = format!("{TEXTS}/{tag}/{file}");
        println!("cargo::rerun-if-changed={path}");
        let _ = writeln!(code, "        ({file:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{path}\"))),");
    }
    code.push_str("    ],\n");
}

fn entries(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot read {folder}: {error}"));
    let mut names: Vec<String> =
        entries.filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned())).collect();
    names.sort();
    names
}

/// The scenarios that ship, by path and with their text, in the order of the file `order` of their folder.
fn scenario_files() -> String {
    println!("cargo::rerun-if-changed={SCENARIOS}");
    let path = format!("{SCENARIOS}/order");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("cannot read {path}: {error}"));
    let listed = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let listed: Vec<String> = listed.map(|name| format!("{name}.toml")).collect();
    let found = scenario_names();
    let strange = listed.iter().find(|name| !found.contains(name));
    assert!(strange.is_none(), "{path} lists {}, which is not there", strange.map_or("", String::as_str));
    let mut code = String::from(
        "/// Every scenario that ships: its path and its text. Made from the folder of scenarios and its order.\nconst FILES: &[(&str, &str)] = &[\n",
    );
    for name in in_order(&listed, found) {
        let path = format!("{SCENARIOS}/{name}");
        let _ = writeln!(code, "    ({path:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{path}\"))),");
    }
    code.push_str("];\n");
    code
}

/// `area/file` of every scenario, by name.
fn scenario_names() -> Vec<String> {
    let areas = entries(SCENARIOS).into_iter().filter(|area| Path::new(SCENARIOS).join(area).is_dir());
    let files =
        |area: String| entries(&format!("{SCENARIOS}/{area}")).into_iter().map(move |file| format!("{area}/{file}"));
    areas.flat_map(files).filter(|name| name.ends_with(".toml")).collect()
}

/// The names that are listed, in the order of the list; the others behind the last listed one of their area.
fn in_order(listed: &[String], found: Vec<String>) -> Vec<String> {
    let area = |name: &str| name.split('/').next().unwrap_or_default().to_owned();
    let mut order = listed.to_vec();
    for name in found.into_iter().filter(|name| !listed.contains(name)) {
        let last = order.iter().rposition(|other| area(other) == area(&name));
        order.insert(last.map_or(order.len(), |last| last + 1), name);
    }
    order
}
