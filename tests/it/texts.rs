//! The texts that people read: every finding and every requirement in every language.

use std::collections::{BTreeMap, BTreeSet};

use kantakoe::rule::{Catalogue, Requirement};
use kantakoe::scenario::built_in_files;
use kantakoe::source::SourceFile;
use kantakoe::words::{Language, Translated};

const REQUIREMENTS: &str = include_str!("../../catalogue/requirements.toml");
const FINDINGS: &str = include_str!("../../catalogue/findings.toml");
const TEXTS: [&str; 4] = ["avoid", "cause", "mend", "title"];

type FindingTexts = BTreeMap<String, BTreeMap<String, String>>;

fn catalogue() -> Catalogue {
    let requirements = SourceFile::new("catalogue/requirements.toml", REQUIREMENTS);
    Catalogue::read(&requirements, &SourceFile::new("catalogue/findings.toml", FINDINGS)).expect("catalogue")
}

fn texts(language: Language) -> FindingTexts {
    toml::from_str(language.file("findings.toml").expect("findings.toml")).expect("table of texts")
}

fn languages(text: &Translated) -> Vec<&str> {
    Language::ALL.into_iter().map(|language| text.in_language(language)).collect()
}

/// The texts of `code` under `name` in every language.
fn told(all: &[FindingTexts], code: &str, name: &str) -> Vec<String> {
    all.iter().map(|texts| texts[code][name].clone()).collect()
}

fn distinct<T: Ord>(values: impl IntoIterator<Item = T>) -> usize {
    values.into_iter().collect::<BTreeSet<_>>().len()
}

#[test]
fn every_finding_is_told_in_every_language_and_nothing_else_is() {
    let catalogue = catalogue();
    let codes: Vec<_> = catalogue.findings().map(|kind| kind.code.as_str()).collect();
    for language in Language::ALL {
        let texts = texts(language);
        assert_eq!(texts.keys().collect::<Vec<_>>(), codes, "codes of {language:?}");
        for (code, entry) in &texts {
            assert_eq!(entry.keys().collect::<Vec<_>>(), TEXTS, "texts of {code} in {language:?}");
        }
    }
}

#[test]
fn no_text_of_a_finding_is_empty_or_left_in_another_language() {
    let all = Language::ALL.map(texts);
    for code in all[0].keys() {
        for name in TEXTS {
            let told = told(&all, code, name);
            assert!(told.iter().all(|text| !text.trim().is_empty()), "{name} of {code} is empty");
            assert_eq!(distinct(&told), Language::ALL.len(), "{name} of {code} is the same in two languages");
        }
    }
}

#[test]
fn titles_fit_a_line_and_are_no_sentences_with_a_stop() {
    for language in Language::ALL {
        let texts = texts(language);
        for (code, entry) in &texts {
            assert!(entry["title"].chars().count() <= 90, "title of {code} in {language:?} is long");
            assert!(!entry["title"].ends_with('.'), "title of {code} in {language:?} ends with a stop");
            assert!(entry["mend"].ends_with('.'), "mend of {code} in {language:?} is no sentence");
        }
        assert_eq!(distinct(texts.values().map(|entry| &entry["title"])), texts.len(), "titles of {language:?}");
    }
}

#[test]
fn identifiers_and_paths_are_the_same_in_every_language() {
    let all = Language::ALL.map(texts);
    for code in all[0].keys() {
        for name in TEXTS {
            let marks: Vec<_> = told(&all, code, name).iter().map(|text| technical(text)).collect();
            assert_eq!(distinct(&marks), 1, "{name} of {code}: {marks:?}");
        }
    }
}

/// OIDs, file names and commands of a text: words that no translation may change.
fn technical(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| letter.is_whitespace() || "()[];:,`\"".contains(letter))
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| word.ends_with(".toml") || word.ends_with(".json") || word.starts_with("1.2.246"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_requirement_is_told_in_every_language() {
    for requirement in catalogue().requirements() {
        let told = languages(&requirement.text);
        assert!(told.iter().all(|text| text.ends_with('.')), "{} is no sentence", requirement.id);
        assert_eq!(distinct(&told), told.len(), "{} is the same in two languages", requirement.id);
    }
}

#[test]
fn every_requirement_names_its_source() {
    for requirement in catalogue().requirements() {
        assert!(!requirement.source.document.is_empty(), "{} has no source", requirement.id);
        assert!(well_named(&requirement.id), "{} is not three letters, a hyphen and two digits", requirement.id);
    }
}

fn well_named(id: &str) -> bool {
    let Some((area, number)) = id.split_once('-') else { return false };
    area.len() == 3
        && area.bytes().all(|byte| byte.is_ascii_uppercase())
        && number.len() == 2
        && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[test]
fn every_requirement_can_be_found_broken() {
    let catalogue = catalogue();
    let broken: BTreeSet<_> = catalogue.findings().map(|kind| kind.requirement.as_str()).collect();
    let without: Vec<_> = catalogue.requirements().map(id_of).filter(|id| !broken.contains(id)).collect();
    assert!(without.is_empty(), "no finding refers to {without:?}");
}

fn id_of(requirement: &Requirement) -> &str {
    &requirement.id
}

/// The keys of a table and of those inside it: `storage-matter.title`.
fn keys(table: &toml::Table, before: &str, found: &mut BTreeSet<String>) {
    for (key, value) in table {
        match value {
            toml::Value::Table(inner) => keys(inner, &format!("{before}{key}."), found),
            _ => _ = found.insert(format!("{before}{key}")),
        }
    }
}

/// The keys of the file `name` of a language.
fn keys_of(language: Language, name: &str) -> BTreeSet<String> {
    let text = language.file(name).unwrap_or_else(|| panic!("texts/{} lacks {name}", language.tag()));
    let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut found = BTreeSet::new();
    keys(&table, "", &mut found);
    found
}

#[test]
fn no_language_lacks_a_key_or_has_one_of_its_own() {
    let folder = format!("{}/texts/{}", env!("CARGO_MANIFEST_DIR"), Language::default().tag());
    let names = std::fs::read_dir(folder).expect("texts").map(|entry| entry.expect("entry").file_name());
    for name in names.map(|name| name.to_string_lossy().into_owned()) {
        let first = keys_of(Language::default(), &name);
        for language in Language::ALL {
            let own = keys_of(language, &name);
            let (lacks, besides) = (&first - &own, &own - &first);
            let file = format!("texts/{}/{name}", language.tag());
            assert!(lacks.is_empty() && besides.is_empty(), "{file} lacks {lacks:?} and has besides {besides:?}");
        }
    }
}

#[test]
fn each_scenario_and_requirement_has_its_texts_and_no_other_has() {
    let ids = |text: &str| text.parse::<toml::Table>().expect("scenario")["id"].as_str().expect("id").to_owned();
    let scenarios: BTreeSet<String> = built_in_files().iter().map(|file| ids(&file.text)).collect();
    let wanted = scenarios.iter().flat_map(|id| ["title", "purpose"].map(|part| format!("{id}.{part}")));
    assert_eq!(keys_of(Language::default(), "scenarios.toml"), wanted.collect());
    let requirements = catalogue().requirements().map(|one| one.id.clone()).collect();
    assert_eq!(keys_of(Language::default(), "requirements.toml"), requirements);
}
