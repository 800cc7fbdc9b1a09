//! Synthetic persons, made from a seed.

use std::collections::BTreeSet;

use crate::domain::{Hetu, Person};

use super::WrongCode;

const FAMILY_NAMES: [&str; 12] = [
    "Näyteläinen",
    "Testinen",
    "Koeniemi",
    "Harjoitus",
    "Mallikas",
    "Provström",
    "Esimerkki",
    "Koekkonen",
    "Testberg",
    "Mallinen",
    "Näytesalo",
    "Koelampi",
];
const FEMALE_NAMES: [&str; 6] = ["Aino", "Eeva", "Helmi", "Kerttu", "Saimi", "Ulla-Testi"];
const MALE_NAMES: [&str; 6] = ["Aarne", "Eino", "Ilmari", "Kalle", "Sulo", "Urho-Testi"];
const CONTROL: &str = "0123456789ABCDEFHJKLMNPRSTUVWXY";
const FIRST_DAY: jiff::civil::Date = jiff::civil::date(1935, 1, 1);
const DAYS: u64 = 25_000;

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
    let hetu = free_code(number, taken);
    let gender = hetu.gender();
    let names = if gender == crate::domain::Gender::Male { MALE_NAMES } else { FEMALE_NAMES };
    let identity_code = match wrong {
        None => hetu.as_str().to_owned(),
        Some(WrongCode::ControlCharacter) => with_wrong_control(hetu.as_str()),
    };
    Person {
        identity_code,
        family_name: pick(&FAMILY_NAMES, number).to_owned(),
        given_names: vec![pick(&names, number / 12).to_owned(), "Testi".to_owned()],
        birth_date: hetu.birth_date(),
        gender,
    }
}

fn free_code(number: u64, taken: &mut BTreeSet<String>) -> Hetu {
    (0..)
        .filter_map(|attempt| code(number.wrapping_add(attempt)))
        .find(|hetu| taken.insert(hetu.as_str().to_owned()))
        .expect("there are more codes than persons")
}

fn code(number: u64) -> Option<Hetu> {
    let days = i32::try_from(number % DAYS).ok()?;
    let individual = u16::try_from(900 + (number / DAYS) % 100).ok()?;
    let date = FIRST_DAY.checked_add(jiff::Span::new().days(days)).ok()?;
    Hetu::compose(date, individual).ok()
}

fn with_wrong_control(code: &str) -> String {
    let right = code.chars().last().and_then(|last| CONTROL.find(last)).unwrap_or(0);
    let wrong = CONTROL.as_bytes()[(right + 1) % CONTROL.len()];
    format!("{}{}", &code[..10], char::from(wrong))
}

fn pick<'a>(list: &[&'a str], number: u64) -> &'a str {
    list[usize::try_from(number % list.len() as u64).unwrap_or(0)]
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
