//! The words for how an action ended and for what the driver API says of a document.

use crate::domain::ActionOutcome;
use crate::words::{Said, said};

/// The message for how an action ended.
pub(super) fn outcome_word(outcome: ActionOutcome) -> Said {
    match outcome {
        ActionOutcome::Succeeded => said::succeeded(),
        ActionOutcome::Refused => said::refused(),
        ActionOutcome::Failed => said::failed(),
        ActionOutcome::Unanswered => said::unanswered(),
        ActionOutcome::Skipped => said::skipped(),
    }
}

/// The message for the state of a document in the driver API; any other word is a value of the system.
pub(super) fn state_word(word: &str) -> Said {
    match word {
        "stored" => said::stored(),
        "waiting" => said::waiting(),
        "refused" => said::refused(),
        "unknown" => said::unknown(),
        other => Said::value(other),
    }
}

/// The outcomes, of which each will do.
pub(super) fn any_outcome(outcomes: &[ActionOutcome]) -> Said {
    either(outcomes.iter().map(|outcome| outcome_word(*outcome)))
}

/// The states, of which each will do.
pub(super) fn any_state(words: &[String]) -> Said {
    either(words.iter().map(|word| state_word(word)))
}

fn either(each: impl Iterator<Item = Said>) -> Said {
    each.reduce(said::either).unwrap_or_else(said::nothing)
}

#[cfg(test)]
mod tests {
    use super::{any_outcome, any_state};
    use crate::domain::ActionOutcome;
    use crate::words::Language;

    #[test]
    fn words_of_the_driver_api_are_told_in_the_language() {
        let told = any_outcome(&[ActionOutcome::Succeeded, ActionOutcome::Refused]);
        assert_eq!(
            (told.to_string().as_str(), &*told.in_language(Language::Fi)),
            ("succeeded / refused", "onnistui / torjuttiin")
        );
        let told = any_state(&["refused", "else"].map(str::to_owned));
        assert_eq!(
            (told.to_string().as_str(), &*told.in_language(Language::Fi)),
            ("refused / else", "torjuttiin / else")
        );
    }
}
