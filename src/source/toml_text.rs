//! Reads TOML that a person wrote; a mistake has its place and plain words.

use serde::de::DeserializeOwned;

use super::{Diagnostic, Diagnostics, SourceFile};

/// Words of the reading library that only a programmer knows, and ours.
const WORDS: [(&str, &str); 5] = [
    ("expected u64", "expected a whole number from 0"),
    ("expected usize", "expected a whole number from 0"),
    ("expected a sequence", "expected a list"),
    ("unknown field", "unknown member"),
    ("missing field", "missing member"),
];

/// What the TOML in `file` says.
///
/// # Errors
/// The first place where it is no TOML or has another shape, with `hint`.
pub fn read_toml<T: DeserializeOwned>(file: &SourceFile, hint: &str) -> Result<T, Diagnostics> {
    toml::from_str(&file.text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        Diagnostics(vec![Diagnostic::new(file, span, plain_words(error.message()), hint)])
    })
}

/// What the reading library says, in plain words.
pub fn plain_words(message: &str) -> String {
    WORDS.iter().fold(message.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::read_toml;
    use crate::source::SourceFile;

    #[test]
    fn a_mistake_is_told_in_plain_words_at_its_place() {
        let file = SourceFile::new("a.toml", "number = 1\nother = -2\n");
        let mistakes = read_toml::<BTreeMap<String, u64>>(&file, "mend it").expect_err("a mistake").to_string();
        assert!(mistakes.contains("expected a whole number from 0") && mistakes.contains("a.toml:2:9"), "{mistakes}");
        assert!(mistakes.contains("= help: mend it"), "{mistakes}");
    }
}
