//! A text of the catalogue or of a scenario, in the languages in which it was written.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Language;

/// A text in one or more languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Translated(BTreeMap<Language, String>);

/// The tables of one language's folder that hold texts by key, by their file.
type Tables = BTreeMap<&'static str, toml::Table>;

/// Texts of scenarios, by id: `title` and `purpose`.
const SCENARIOS: &str = "scenarios.toml";
/// Texts of requirements, by id.
const REQUIREMENTS: &str = "requirements.toml";

static TABLES: LazyLock<Vec<Tables>> = LazyLock::new(|| Language::ALL.into_iter().map(tables).collect());

impl Translated {
    /// The text `part` of a scenario that ships, `title` or `purpose`, in the languages whose folder has it.
    pub fn of_scenario(id: &str, part: &str) -> Self {
        Self::found(|tables| tables[SCENARIOS].get(id)?.get(part)?.as_str())
    }

    /// The text of a requirement that ships, in the languages whose folder has it.
    pub fn of_requirement(id: &str) -> Self {
        Self::found(|tables| tables[REQUIREMENTS].get(id)?.as_str())
    }

    fn found(find: impl Fn(&'static Tables) -> Option<&'static str>) -> Self {
        let texts = Language::ALL.into_iter().zip(TABLES.iter());
        texts.filter_map(|(language, tables)| Some((language, find(tables)?.to_owned()))).collect()
    }

    /// The text in this language; in English where it lacks, else in whichever language there is.
    pub fn in_language(&self, language: Language) -> &str {
        let own = self.0.get(&language).or_else(|| self.0.get(&Language::default()));
        own.or_else(|| self.0.values().next()).map_or("", String::as_str)
    }

    /// The same, with the text of `other` in the languages that lack.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(other.0.into_iter().chain(self.0).collect())
    }

    /// Whether it is written in no language.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Texts that are blank are left out.
impl FromIterator<(Language, String)> for Translated {
    fn from_iter<I: IntoIterator<Item = (Language, String)>>(texts: I) -> Self {
        Self(texts.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect())
    }
}

/// From a table of texts by the tags of their languages.
impl<'de> Deserialize<'de> for Translated {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = BTreeMap::<String, String>::deserialize(deserializer)?;
        let of_language = |(tag, text): (String, String)| {
            let language = tag.parse::<Language>().map_err(<D::Error as de::Error>::custom)?;
            Ok((language, text))
        };
        texts.into_iter().map(of_language).collect()
    }
}

/// As a table of texts by the tags of their languages.
impl Serialize for Translated {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(language, text)| (language.tag(), text)))
    }
}

fn tables(language: Language) -> Tables {
    let table = |file: &'static str| {
        let text = language.file(file).expect("a test holds that every language has every file");
        (file, text.parse().expect("a test reads every table of texts"))
    };
    [SCENARIOS, REQUIREMENTS].map(table).into()
}

#[cfg(test)]
mod tests {
    use super::{Language, Translated};

    fn text(toml: &str) -> Translated {
        toml::from_str(toml).unwrap_or_else(|error| panic!("{toml}: {error}"))
    }

    #[test]
    fn a_language_that_lacks_is_read_in_english_and_else_in_another() {
        let two = text("fi = 'kissa'\nen = 'cat'");
        assert_eq!(
            [Language::En, Language::Fi, Language::Sv].map(|language| two.in_language(language)),
            ["cat", "kissa", "cat"]
        );
        assert_eq!(text("sv = 'katt'").in_language(Language::En), "katt");
        assert!(text("en = ' '").is_empty() && text("").in_language(Language::En).is_empty());
        assert!(toml::from_str::<Translated>("xx = 'cat'").is_err());
    }

    #[test]
    fn own_words_stand_before_others() {
        let told = text("en = 'own'").or(text("en = 'other'\nfi = 'muu'"));
        assert_eq!(told, text("en = 'own'\nfi = 'muu'"));
    }
}
