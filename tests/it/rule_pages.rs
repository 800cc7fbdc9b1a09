//! The lists of rules in the documentation are made from the rules.

use std::path::Path;

use kantakoe::rule::{RuleRoom, rooms};

/// Rooms of rules and the pages that list them.
const PAGES: [(&str, &str); 5] = [
    ("message", "docs/messages.md"),
    ("notice", "docs/messages.md"),
    ("declaration", "docs/messages.md"),
    ("use_log", "docs/use-log.md"),
    ("action", "docs/messages.md"),
];
const END: &str = "<!-- end of rules -->\n";

fn table(room: &RuleRoom) -> String {
    let mut text = "| rule | what it proves | requirement | findings |\n|---|---|---|---|\n".to_owned();
    for rule in &room.rules {
        let codes: Vec<String> = rule.codes.iter().map(|code| format!("`{code}`")).collect();
        let (id, sentence, requirement) = (rule.id, rule.sentence, rule.requirement);
        text.push_str(&format!("| {id} | {sentence} | {requirement} | {} |\n", codes.join(", ")));
    }
    text
}

#[test]
fn the_pages_list_the_rules() {
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    for (name, page) in PAGES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
        let text = std::fs::read_to_string(&path).expect("page");
        let start = format!("<!-- rules of {name}: UPDATE_DOCS=1 cargo test --test it rule_pages writes them -->\n");
        let (before, rest) = text.split_once(&start).unwrap_or_else(|| panic!("{page} has no list of {name}"));
        let (listed, after) = rest.split_once(END).expect("end of the list");
        let room = rooms().into_iter().find(|room| room.name == name).expect("room");
        let made = format!("\n{}\n", table(&room));
        if update {
            std::fs::write(&path, format!("{before}{start}{made}{END}{after}")).expect("write");
        } else {
            assert_eq!(listed, made, "{page} lists other rules of {name}: UPDATE_DOCS=1 writes them anew");
        }
    }
}

#[test]
fn every_room_of_rules_has_its_page() {
    let named: Vec<&str> = PAGES.iter().map(|(name, _)| *name).collect();
    let there: Vec<&str> = rooms().iter().map(|room| room.name).collect();
    assert_eq!(named, there);
}
