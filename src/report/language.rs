//! The languages of the reports.

use std::str::FromStr;

use crate::rule::Trilingual;

/// A language in which reports are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Finnish.
    Fi,
    /// Swedish.
    Sv,
    /// English.
    #[default]
    En,
}

/// A language that no report is written in.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("unknown language {0}: use fi, sv or en")]
pub struct LanguageError(String);

impl Language {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::Fi, Self::Sv, Self::En];

    /// Its tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fi => "fi",
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// The text in this language, or in English where this one is empty.
    pub fn choose(self, text: &Trilingual) -> &str {
        let chosen = match self {
            Self::Fi => &text.fi,
            Self::Sv => &text.sv,
            Self::En => &text.en,
        };
        if chosen.is_empty() { &text.en } else { chosen }
    }
}

impl FromStr for Language {
    type Err = LanguageError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|language| language.tag() == text).ok_or_else(|| LanguageError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::Language;
    use crate::rule::Trilingual;

    #[test]
    fn reads_the_tags_and_nothing_else() {
        for language in Language::ALL {
            assert_eq!(language.tag().parse(), Ok(language));
        }
        let error = "FI".parse::<Language>().expect_err("upper case");
        assert_eq!(error.to_string(), "unknown language FI: use fi, sv or en");
    }

    #[test]
    fn an_empty_text_falls_back_to_english() {
        let text = Trilingual { fi: "teksti".into(), sv: String::new(), en: "text".into() };
        assert_eq!(Language::Fi.choose(&text), "teksti");
        assert_eq!(Language::Sv.choose(&text), "text");
    }
}
