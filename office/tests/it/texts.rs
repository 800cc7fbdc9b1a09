//! Every key that pages use has a text, and every text is used.

use std::collections::BTreeSet;
use std::path::Path;

use kantakoe_office::words::{Language, Words};

use crate::support::all_files;

/// Keys that are put together from a list and a code: what the list holds is tested where the list stands.
const LISTS: &[&str] = &[
    "role.",
    "failure.",
    "customer-kind.",
    "contact-role.",
    "duty.",
    "service.",
    "language.",
    "profession.",
    "address-use.",
    "contact-form.",
    "connection-form.",
    "application-state.",
    "paper.",
    "origin.",
    "field.",
    "hint.",
    "record.",
    "log.",
    "welcome.",
    "accounts.",
    "article.",
    "request-state.",
    "retention.",
    "import.",
    "message.",
    "template.",
    "delivery.",
    "system-class.",
    "phase-count.",
    "phase-form.",
    "test-reason.",
    "prerequisite.",
    "attachment.",
    "privacy.",
    "desk.",
];

#[test]
fn every_text_is_used_and_every_used_key_is_a_text() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = all_files(&root.join("src")).into_iter().chain(all_files(&root.join("templates")));
    let code: String = files.map(|path| std::fs::read_to_string(path).expect("text")).collect();
    let words = Words::of(Language::En);
    let known: BTreeSet<&str> = words.keys().collect();
    let unused: Vec<_> = known
        .iter()
        .filter(|key| !code.contains(&format!("\"{key}\"")) && !LISTS.iter().any(|list| key.starts_with(list)))
        .collect();
    assert!(unused.is_empty(), "never used: {unused:#?}");
    let tables: BTreeSet<&str> = known.iter().filter_map(|key| key.split('.').next()).collect();
    let is_key = |text: &str| {
        let (table, rest) = text.split_once('.').unwrap_or_default();
        let letters =
            |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || "-_.".contains(c));
        tables.contains(table) && letters(rest) && !["csv", "html", "json"].contains(&rest)
    };
    let settings =
        ["session.", "provider.", "mail.", "store.", "office.rehearsal", "sign-in.attempts", "sign-in.lock-minutes"];
    let used = code.split('"').filter(|text| is_key(text) && !settings.iter().any(|setting| text.starts_with(setting)));
    let missing: BTreeSet<&str> = used.filter(|text| !known.contains(text)).collect();
    assert!(missing.is_empty(), "no text: {missing:#?}");
}
