//! The synthetic persons of a scenario, made from a seed.

use std::collections::BTreeSet;

use crate::domain::Person;

use super::WrongCode;

const CONTROL: &str = "0123456789ABCDEFHJKLMNPRSTUVWXY";

/// A number that depends on all of `parts` and on nothing else.
pub(super) fn number_of(parts: &[&str]) -> u64 {
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    for part in parts {
        context.update(part.as_bytes());
        context.update(&[0]);
    }
    let digest = context.finish();
    digest.as_ref().iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

/// The person called `name` in scenario `id`, with a code that is not in `taken`.
pub(super) fn make(seed: u64, id: &str, name: &str, wrong: Option<WrongCode>, taken: &mut BTreeSet<String>) -> Person {
    let number = number_of(&[&seed.to_string(), id, name]);
    let person = Person::synthetic(number, |hetu| taken.insert(hetu.as_str().to_owned()));
    match wrong {
        None => person,
        Some(WrongCode::ControlCharacter) => {
            Person { identity_code: with_wrong_control(&person.identity_code), ..person }
        }
    }
}

fn with_wrong_control(code: &str) -> String {
    let right = code.chars().last().and_then(|last| CONTROL.find(last)).unwrap_or(0);
    let wrong = CONTROL.as_bytes()[(right + 1) % CONTROL.len()];
    format!("{}{}", &code[..10], char::from(wrong))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::make;
    use crate::domain::HetuError;
    use crate::scenario::WrongCode;

    #[test]
    fn the_same_seed_gives_the_same_person() {
        let one = make(7, "a", "client", None, &mut BTreeSet::new());
        assert_eq!(one, make(7, "a", "client", None, &mut BTreeSet::new()));
        assert!(one.hetu().is_some_and(|hetu| hetu.is_test()));
        assert_ne!(one.identity_code, make(8, "a", "client", None, &mut BTreeSet::new()).identity_code);
    }

    #[test]
    fn a_taken_code_is_not_given_again() {
        let mut taken = BTreeSet::new();
        let one = make(7, "a", "client", None, &mut taken);
        assert_ne!(one.identity_code, make(7, "a", "client", None, &mut taken).identity_code);
    }

    #[test]
    fn a_wrong_control_character_is_wrong() {
        let person = make(7, "a", "client", Some(WrongCode::ControlCharacter), &mut BTreeSet::new());
        assert_eq!(person.identity_code.parse::<crate::domain::Hetu>(), Err(HetuError::Control));
    }
}
