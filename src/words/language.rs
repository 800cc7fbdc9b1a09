//! The languages of the reports: one for each folder of texts.

use std::str::FromStr;

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// A language that no report is written in.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("unknown language {language}: use {}", Language::listed())]
pub struct LanguageError {
    language: String,
}

/// The language in which messages are written first.
const FIRST: Language = Language::En;

impl Default for Language {
    fn default() -> Self {
        FIRST
    }
}

impl Language {
    /// Its tag (BCP 47).
    pub const fn tag(self) -> &'static str {
        self.as_str()
    }

    /// The file `name` of its folder of texts; `None` where the folder has none.
    pub fn file(self, name: &str) -> Option<&'static str> {
        FILES[self as usize].iter().find(|(file, _)| *file == name).map(|(_, text)| *text)
    }

    fn listed() -> String {
        Self::NAMES.join(", ")
    }
}

impl FromStr for Language {
    type Err = LanguageError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|language| language.tag() == text);
        found.ok_or_else(|| LanguageError { language: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn reads_the_tags_and_nothing_else() {
        for language in Language::ALL {
            assert_eq!(language.tag().parse(), Ok(language));
        }
        let error = "FI".parse::<Language>().expect_err("upper case");
        let tags = Language::ALL.map(Language::tag).join(", ");
        assert_eq!(error.to_string(), format!("unknown language FI: use {tags}"));
        assert!(tags.contains("en, ") && tags.contains("fi, sv"));
    }

    #[test]
    fn every_language_has_the_same_files() {
        let first = Language::default();
        for language in Language::ALL {
            for (file, _) in super::FILES[first as usize] {
                assert!(language.file(file).is_some_and(|text| !text.is_empty()), "texts/{}/{file}", language.tag());
            }
        }
    }
}
