//! What findings expected and what came, said in the language of a report.
//!
//! Rules word it in English, since an answer of Kanta carries it too. `texts/<language>/phrases.toml` maps
//! each wording to the language. What matches none is a value of a message and stays as it is.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::template::Template;

/// Most wordings inside one another, as in `not Base64: Invalid symbol 42, offset 3.`
const DEEPEST: usize = 4;

/// The wordings of the rules and what they are in one language.
#[derive(Debug)]
pub(super) struct Phrases {
    rows: Vec<(Template, String)>,
}

impl Phrases {
    /// The rows of a table: wording and translation.
    pub fn new(table: BTreeMap<String, String>) -> Self {
        let mut rows: Vec<_> = table.into_iter().map(|(wording, said)| (Template::new(&wording), said)).collect();
        // The wording with the most text of its own tells the most.
        rows.sort_by_key(|(template, _)| std::cmp::Reverse(template.fixed_length()));
        Self { rows }
    }

    /// `text` in the language; as it is where no wording fits.
    pub fn say<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.find(text, DEEPEST).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    fn find(&self, text: &str, deepest: usize) -> Option<String> {
        let deepest = deepest.checked_sub(1)?;
        let (values, said) = self.rows.iter().find_map(|(template, said)| Some((template.values_in(text)?, said)))?;
        let told = values.into_iter().map(|value| {
            let own = if value.is_words { self.find(value.text, deepest) } else { None };
            (value.place, own.unwrap_or_else(|| value.text.to_owned()))
        });
        let told: Vec<(&str, String)> = told.collect();
        let told: Vec<(&str, &str)> = told.iter().map(|(place, value)| (*place, value.as_str())).collect();
        Some(super::words::fill(said, &told))
    }
}

#[cfg(test)]
mod tests {
    use super::Phrases;

    fn phrases() -> Phrases {
        let rows = [
            ("none", "ei ole"),
            ("{0} bytes", "{0} tavua"),
            ("at most {0} bytes", "enintään {0} tavua"),
            ("refused: {0 quote}", "torjuttiin: {0}"),
            ("not Base64: {0 words}", "ei Base64: {0}"),
            ("version {0} of {1}", "asiakirjan {1} versio {0}"),
        ];
        Phrases::new(rows.map(|(wording, said)| (wording.to_owned(), said.to_owned())).into())
    }

    #[test]
    fn the_wording_that_tells_most_is_said() {
        let phrases = phrases();
        for (text, said) in [
            ("none", "ei ole"),
            ("5 bytes", "5 tavua"),
            ("at most 5 bytes", "enintään 5 tavua"),
            ("version 2 of 1.2.3", "asiakirjan 1.2.3 versio 2"),
            ("not Base64: 5 bytes", "ei Base64: 5 tavua"),
            ("not Base64: äö", "ei Base64: äö"),
            ("refused: none", "torjuttiin: none"),
        ] {
            assert_eq!(phrases.say(text), said);
        }
    }

    #[test]
    fn values_stay_as_they_are() {
        for text in ["", "SP17", "many more bytes", "version 2 of this document", "{0}"] {
            assert_eq!(phrases().say(text), text);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "(not Base64: |at most |version |of | bytes|\\PC|[0-9 ]){0,60}") {
            let said = phrases().say(&text).into_owned();
            proptest::prop_assert_eq!(said.is_empty(), text.is_empty());
        }
    }
}
