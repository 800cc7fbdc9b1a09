//! Everything that a person reads, in three languages, from `texts/<language>/`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// A language of the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Finnish.
    #[default]
    Fi,
    /// Swedish.
    Sv,
    /// English.
    En,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Fi, Self::Sv, Self::En];

    /// The tag of BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fi => "fi",
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// The language's own name of itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fi => "Suomi",
            Self::Sv => "Svenska",
            Self::En => "English",
        }
    }

    /// The language of a tag, where it is one of ours.
    pub fn of(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The first of ours in an `Accept-Language` header; Finnish where none is.
    pub fn accepted(header: &str) -> Self {
        let tags = header.split(',').map(|part| part.split([';', '-']).next().unwrap_or_default().trim());
        tags.take(20).find_map(Self::of).unwrap_or_default()
    }
}

macro_rules! text_files {
    ($language:literal) => {
        [
            include_str!(concat!("../texts/", $language, "/pages.toml")),
            include_str!(concat!("../texts/", $language, "/register.toml")),
            include_str!(concat!("../texts/", $language, "/acts.toml")),
        ]
    };
}

static ALL: LazyLock<[Words; 3]> = LazyLock::new(|| {
    [
        Words::read(Language::Fi, &text_files!("fi")),
        Words::read(Language::Sv, &text_files!("sv")),
        Words::read(Language::En, &text_files!("en")),
    ]
});

/// The texts of one language by key; `page.title` stands for `title` in the table `[page]`.
#[derive(Debug)]
pub struct Words {
    language: Language,
    texts: BTreeMap<String, String>,
}

impl Words {
    /// The texts of `language`.
    pub fn of(language: Language) -> &'static Self {
        let [fi, sv, en] = &*ALL;
        match language {
            Language::Fi => fi,
            Language::Sv => sv,
            Language::En => en,
        }
    }

    fn read(language: Language, files: &[&str]) -> Self {
        let mut texts = BTreeMap::new();
        for file in files {
            let table: toml::Table = file.parse().expect("the texts are part of the program and are tested");
            flatten("", &table, &mut texts);
        }
        Self { language, texts }
    }

    /// Which language they are of.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of `key`; the key itself where there is none, which a test holds not to happen.
    pub fn t<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// The text of `key` with `{name}` replaced by its value.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.t(key).to_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// Whether there is a text of `key`.
    pub fn has(&self, key: &str) -> bool {
        self.texts.contains_key(key)
    }

    /// All keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }

    /// A date of the form `2026-11-30` as people of the language write it; other texts as they are.
    pub fn date(&self, iso: &str) -> String {
        let Ok(date) = iso.parse::<jiff::civil::Date>() else { return iso.to_owned() };
        match self.language {
            Language::En => date.strftime("%-d %B %Y").to_string(),
            Language::Fi | Language::Sv => format!("{}.{}.{}", date.day(), date.month(), date.year()),
        }
    }
}

fn flatten(prefix: &str, table: &toml::Table, texts: &mut BTreeMap<String, String>) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, texts),
            toml::Value::String(text) => drop(texts.insert(key, text.clone())),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, Words};

    #[test]
    fn every_language_has_every_text() {
        let keys = |language| Words::of(language).keys().collect::<Vec<_>>();
        assert_eq!(keys(Language::Fi), keys(Language::Sv));
        assert_eq!(keys(Language::Fi), keys(Language::En));
    }

    /// Names in braces in the text of `key`.
    fn places(language: Language, key: &str) -> Vec<&'static str> {
        let words = Words::of(language);
        let text = words.texts.get(key).map_or("", String::as_str);
        let mut names: Vec<_> =
            text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|part| part.0).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    #[test]
    fn placeholders_are_the_same_in_every_language() {
        for key in Words::of(Language::En).keys() {
            assert_eq!(places(Language::En, key), places(Language::Fi, key), "{key}");
            assert_eq!(places(Language::En, key), places(Language::Sv, key), "{key}");
        }
    }

    #[test]
    fn languages_are_accepted_in_their_order() {
        assert_eq!(Language::accepted("de, sv-FI;q=0.9, en"), Language::Sv);
        assert_eq!(Language::accepted(""), Language::Fi);
    }
}
