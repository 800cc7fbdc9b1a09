//! `notice.toml`: what is named there is there, and `docs/notice.md` is made from it.

use std::collections::BTreeSet;
use std::path::Path;

use kantakoe_office::web::routes;

use crate::support::all_files;

struct Row {
    section: String,
    says: String,
    shown_by: Vec<String>,
    outside: Option<String>,
}

fn rows() -> Vec<Row> {
    let table: toml::Table = include_str!("../../notice.toml").parse().expect("toml");
    let text = |row: &toml::Value, name: &str| row.get(name).and_then(|value| value.as_str()).map(str::to_owned);
    let row = |row: &toml::Value| {
        let shown = row.get("shown-by").and_then(|value| value.as_array()).cloned().unwrap_or_default();
        Row {
            section: text(row, "section").expect("a section"),
            says: text(row, "says").expect("a sentence"),
            shown_by: shown.iter().map(|value| value.as_str().expect("a text").to_owned()).collect(),
            outside: text(row, "outside"),
        }
    };
    table["row"].as_array().expect("rows").iter().map(row).collect()
}

/// Names of all tests: name of the file, and of the function.
fn tests() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeSet::new();
    for file in all_files(&root.join("tests/it")).into_iter().chain(all_files(&root.join("src"))) {
        let text = std::fs::read_to_string(&file).expect("text");
        let module = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let marked = text.split("#[test]").skip(1).chain(text.split("#[tokio::test]").skip(1));
        for part in marked {
            let name = part.split("fn ").nth(1).and_then(|rest| rest.split('(').next()).unwrap_or_default();
            found.insert(format!("{module}::{name}"));
        }
    }
    found
}

#[test]
fn every_sentence_is_shown_by_something_that_is_there() {
    let routes: BTreeSet<String> = routes().map(|route| route.name()).collect();
    let (tests, commands) = (tests(), ["check-log"]);
    for row in rows() {
        assert_eq!(row.shown_by.is_empty(), row.outside.is_some(), "{}", row.says);
        for shown in &row.shown_by {
            let is_there = match shown.split_once(' ') {
                Some(("test", name)) => tests.contains(name),
                Some(("command", name)) => commands.contains(&name),
                _ => routes.contains(shown),
            };
            assert!(is_there, "{shown}: {}", row.says);
        }
    }
}

#[test]
fn the_table_in_the_documents_is_made_from_the_data() {
    let mut made = String::from(
        "# The notice on the customer register, sentence by sentence\n\n\
         Made from `notice.toml`; a test holds that this table is that of the data, and that every page, command and\n\
         test named here is there. `OFFICE_DOCS=write cargo test -p kantakoe-office notice` writes it anew.\n\n\
         | section | what it says | shown by |\n|---|---|---|\n",
    );
    for row in rows() {
        let shown = match &row.outside {
            Some(why) => format!("outside: {why}"),
            None => row.shown_by.iter().map(|shown| format!("`{shown}`")).collect::<Vec<_>>().join(" · "),
        };
        made += &format!("| {} | {} | {shown} |\n", row.section, row.says);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/notice.md");
    if std::env::var_os("OFFICE_DOCS").is_some() {
        std::fs::write(&path, &made).expect("written");
    }
    assert!(std::fs::read_to_string(&path).unwrap_or_default() == made, "docs/notice.md is not made from notice.toml");
}
