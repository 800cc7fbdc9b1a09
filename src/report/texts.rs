//! The words of the reports, in every language, embedded from `texts/`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::words::Words;
use crate::rule::FindingCode;
use crate::words::{Language, Said};

/// Code whose texts stand in where a finding's code has none.
const UNLISTED: &str = "rule-unlisted";

/// What a person reads about a kind of finding.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingTexts {
    /// What is wrong, in a line.
    pub title: String,
    pub cause: String,
    pub mend: String,
    /// What not to do.
    pub avoid: String,
}

/// The texts of one language.
#[derive(Debug)]
pub struct Texts {
    pub language: Language,
    /// The words of the reports and the terminal.
    pub words: Words,
    findings: BTreeMap<String, FindingTexts>,
}

static TEXTS: LazyLock<Vec<Texts>> = LazyLock::new(|| Language::ALL.into_iter().map(Texts::embedded).collect());

impl Texts {
    /// The texts of `language`.
    pub fn of(language: Language) -> &'static Self {
        &TEXTS[language as usize]
    }

    /// What to tell about findings with this code.
    pub fn finding(&self, code: FindingCode) -> &FindingTexts {
        self.findings.get(code.as_str()).unwrap_or_else(|| &self.findings[UNLISTED])
    }

    /// What a rule or the driver has to tell, in the language; a value stays as it came.
    pub fn say(&self, told: &Said) -> String {
        told.in_language(self.language).into_owned()
    }

    fn embedded(language: Language) -> Self {
        let findings =
            toml::from_str(sources(language).findings).expect("a test reads every embedded table of findings");
        Self::with_findings(language, findings)
    }

    /// The words of `language`, with these texts for findings; one for `rule-unlisted` is among them.
    pub(super) fn with_findings(language: Language, findings: BTreeMap<String, FindingTexts>) -> Self {
        let sources = sources(language);
        let mut words: Words = toml::from_str(sources.words).expect("a test reads every embedded table of words");
        words.language = language;
        Self { language, words, findings }
    }
}

struct Sources {
    words: &'static str,
    findings: &'static str,
}

fn sources(language: Language) -> Sources {
    let file = |name| language.file(name).expect("a test holds that every language has every file");
    Sources { words: file("report.toml"), findings: file("findings.toml") }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{Texts, sources};
    use crate::report::Language;
    use crate::report::example::real_catalogue;

    /// Every text of a table by its dotted key.
    fn flat(prefix: &str, value: &toml::Value, into: &mut BTreeMap<String, String>) {
        match value {
            toml::Value::Table(table) => {
                table.iter().for_each(|(key, value)| flat(&format!("{prefix}.{key}"), value, into));
            }
            toml::Value::String(text) => drop(into.insert(prefix.to_owned(), text.clone())),
            other => panic!("{prefix} is no text: {other:?}"),
        }
    }

    fn flat_file(text: &str) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        flat("", &toml::from_str(text).expect("TOML"), &mut texts);
        texts
    }

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
    }

    fn assert_alike(file: &str, ours: &str, english: &str) {
        let (ours, english) = (flat_file(ours), flat_file(english));
        assert_eq!(ours.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "keys of {file}");
        for (key, text) in &ours {
            assert!(!text.trim().is_empty(), "{file}: {key} is empty");
            if !key.ends_with(".one") {
                assert_eq!(placeholders(text), placeholders(&english[key]), "{file}: placeholders of {key}");
            }
        }
    }

    #[test]
    fn every_language_is_complete() {
        let english = sources(Language::En);
        for language in Language::ALL {
            let ours = sources(language);
            assert_alike(&format!("texts/{}/report.toml", language.tag()), ours.words, english.words);
            assert_alike(&format!("texts/{}/findings.toml", language.tag()), ours.findings, english.findings);
            assert_eq!(Texts::of(language).language, language);
        }
    }

    #[test]
    fn every_kind_of_finding_has_texts_and_no_text_is_left_over() {
        let catalogue = real_catalogue();
        let kinds: Vec<_> = catalogue.findings().map(|kind| kind.code.as_str()).collect();
        for language in Language::ALL {
            let texts: Vec<_> = Texts::of(language).findings.keys().map(String::as_str).collect();
            assert_eq!(texts, kinds, "{language:?}");
        }
    }

    #[test]
    fn only_the_disclaimer_speaks_of_statements() {
        for language in Language::ALL {
            for (key, text) in flat_file(sources(language).words) {
                let speaks =
                    ["lausunto", "lausunno", "utlåtande"].iter().any(|word| text.to_lowercase().contains(word));
                assert!(!speaks || key == ".note.disclaimer", "{language:?}: {key}");
            }
        }
    }
}
