//! The words of the driver API for how an action ended and what became of a document.

use crate::words::{Said, said};

/// The message for a word of the driver API; any other word is a value of the system.
pub(super) fn state_word(word: &str) -> Said {
    match word {
        "succeeded" => said::succeeded(),
        "refused" => said::refused(),
        "failed" => said::failed(),
        "unanswered" => said::unanswered(),
        "skipped" => said::skipped(),
        "stored" => said::stored(),
        "waiting" => said::waiting(),
        "unknown" => said::unknown(),
        other => Said::value(other),
    }
}

/// The words, of which each will do.
pub(super) fn any_of(words: &[String]) -> Said {
    let each = words.iter().map(|word| state_word(word));
    each.reduce(said::either).unwrap_or_else(said::nothing)
}

#[cfg(test)]
mod tests {
    use super::any_of;
    use crate::words::Language;

    #[test]
    fn words_of_the_driver_api_are_told_in_the_language() {
        let told = any_of(&["succeeded", "refused", "else"].map(str::to_owned));
        assert_eq!(told.to_string(), "succeeded / refused / else");
        assert_eq!(told.in_language(Language::Fi), "onnistui / torjuttiin / else");
    }
}
