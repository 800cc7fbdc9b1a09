//! Something to tell a person, before it is put into a language.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use super::{Key, Language};

/// Something to tell: a value as it came, or a message with values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// A value of a message, a profile or a system: shown as it came in every language.
    Value(String),
    /// A message of `texts/<language>/messages.toml` with the values of its places, in their order.
    Message(Key, Vec<Said>),
    /// Several, with commas between them.
    List(Vec<Said>),
}

/// The templates of one language, by key.
type Templates = Vec<&'static str>;

static TEMPLATES: LazyLock<Vec<Templates>> = LazyLock::new(|| Language::ALL.into_iter().map(templates).collect());

impl Said {
    /// A value, shown as it came.
    pub fn value(value: impl Into<String>) -> Self {
        Self::Value(value.into())
    }

    /// The value where there is one, else the message `otherwise`.
    pub fn value_or(value: Option<impl Into<String>>, otherwise: Self) -> Self {
        value.map_or(otherwise, Self::value)
    }

    /// In the words of `language`.
    pub fn in_language(&self, language: Language) -> Cow<'_, str> {
        match self {
            Self::Value(value) => Cow::Borrowed(value),
            Self::Message(key, values) => {
                Cow::Owned(fill(TEMPLATES[language as usize][*key as usize], values, language))
            }
            Self::List(items) => {
                let items: Vec<_> = items.iter().map(|item| item.in_language(language)).collect();
                Cow::Owned(items.join(", "))
            }
        }
    }

    /// The same with each value changed by `change`.
    #[must_use]
    pub fn map_values(self, change: &impl Fn(&str) -> String) -> Self {
        let each = |values: Vec<Self>| values.into_iter().map(|value| value.map_values(change)).collect();
        match self {
            Self::Value(value) => Self::Value(change(&value)),
            Self::Message(key, values) => Self::Message(key, each(values)),
            Self::List(values) => Self::List(each(values)),
        }
    }
}

/// In English, for logs and tests.
impl fmt::Display for Said {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.in_language(Language::default()))
    }
}

impl From<&Said> for Said {
    fn from(told: &Self) -> Self {
        told.clone()
    }
}

macro_rules! from_value {
    ($($kind:ty),+) => {
        $(impl From<$kind> for Said {
            fn from(value: $kind) -> Self {
                Self::Value(value.to_string())
            }
        })+
    };
}

from_value!(&str, &String, String, &&str, Cow<'_, str>, char, u8, u16, u32, u64, usize, i32, i64);

fn templates(language: Language) -> Templates {
    let table = language.file("messages.toml").expect("a test holds that every language has every file");
    let table: BTreeMap<String, String> = toml::from_str(table).expect("a test reads every table of messages");
    let texts = Key::ALL.into_iter().map(|key| table.get(key.as_str()).cloned());
    texts.map(|text| &*text.unwrap_or_else(|| "?".to_owned()).leak()).collect()
}

/// `template` with the values in its places. What a value spells is never looked at.
fn fill(template: &str, values: &[Said], language: Language) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let place =
            after.split_once('}').and_then(|(place, after)| Some((values.get(place.parse::<usize>().ok()?)?, after)));
        match place {
            Some((value, after)) => {
                filled.push_str(&value.in_language(language));
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::super::{Key, Language, Said, said};

    fn table(language: Language) -> BTreeMap<String, String> {
        toml::from_str(language.file("messages.toml").expect("file")).expect("table of messages")
    }

    fn places(text: &str) -> BTreeSet<&str> {
        let inside = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        inside.map(|(place, _)| place).filter(|place| place.bytes().all(|byte| byte.is_ascii_digit())).collect()
    }

    #[test]
    fn every_language_has_every_message_with_its_places_and_no_other() {
        let first = table(Language::default());
        for language in Language::ALL {
            let own = table(language);
            let keys = |table: &BTreeMap<String, String>| table.keys().cloned().collect::<BTreeSet<_>>();
            let (lacking, other) = (&keys(&first) - &keys(&own), &keys(&own) - &keys(&first));
            assert!(lacking.is_empty() && other.is_empty(), "{language:?} lacks {lacking:?} and has besides {other:?}");
            for (key, text) in &own {
                assert!(!text.trim().is_empty(), "{language:?}: {key} is empty");
                assert_eq!(places(text), places(&first[key]), "{language:?}: places of {key}");
            }
        }
    }

    #[test]
    fn a_value_inside_a_message_inside_a_message_is_put_in_the_language() {
        let told = said::not_base64(said::at_most_bytes(5_u64));
        assert_eq!(told.in_language(Language::En), "not Base64: at most 5 bytes");
        assert_ne!(told.in_language(Language::Fi), told.in_language(Language::En));
        let list = Said::List(vec![Said::value("none"), said::none()]);
        assert_eq!(list.in_language(Language::Fi), format!("none, {}", said::none().in_language(Language::Fi)));
    }

    proptest! {
        /// Whatever a system sends, it comes out as it went in, alone and in the place of any message.
        #[test]
        fn a_value_comes_out_as_it_went_in(value in "\\PC{0,40}", key in 0..Key::ALL.len(), language in 0..Language::ALL.len()) {
            assert_untouched(&value, key, language);
        }

        /// The same for values that spell a message of some language.
        #[test]
        fn a_value_that_spells_a_message_stays(spelt in 0..Key::ALL.len(), key in 0..Key::ALL.len(), language in 0..Language::ALL.len()) {
            for other in Language::ALL {
                assert_untouched(&table(other)[Key::ALL[spelt].as_str()], key, language);
            }
        }
    }

    fn assert_untouched(value: &str, key: usize, language: usize) {
        let (key, language) = (Key::ALL[key], Language::ALL[language]);
        assert_eq!(Said::value(value).in_language(language), value);
        let template = &table(language)[key.as_str()];
        let values = vec![Said::value(value); places(template).len()];
        let mut expected = template.clone();
        // From the last place on, so that places spelt by the value are not filled.
        for (at, place) in template.match_indices('{').collect::<Vec<_>>().into_iter().rev() {
            let end = at + template[at..].find('}').unwrap_or(0);
            if places(&template[at..=end]).len() == 1 && place == "{" {
                expected.replace_range(at..=end, value);
            }
        }
        assert_eq!(Said::Message(key, values).in_language(language), expected);
    }
}
