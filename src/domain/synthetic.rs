//! Makes synthetic persons.

use super::{Gender, Hetu, Person};

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
const FIRST_DAY: jiff::civil::Date = jiff::civil::date(1935, 1, 1);
const DAYS: u64 = 25_000;

impl Person {
    /// The person of the 900 series that `number` stands for: the same number gives the same person, as
    /// long as `is_free` accepts its identity code; else the next code that it accepts is taken.
    pub fn synthetic(number: u64, is_free: impl FnMut(&Hetu) -> bool) -> Self {
        Self::named_by(&free_code(number, is_free), number)
    }

    /// The person with this code, and with names that `number` stands for.
    pub(super) fn named_by(hetu: &Hetu, number: u64) -> Self {
        let gender = hetu.gender();
        let names = if gender == Gender::Male { MALE_NAMES } else { FEMALE_NAMES };
        Self {
            identity_code: hetu.as_str().to_owned(),
            family_name: pick(&FAMILY_NAMES, number).to_owned(),
            given_names: vec![pick(&names, number / 12).to_owned(), "Testi".to_owned()],
            birth_date: hetu.birth_date(),
            gender,
        }
    }
}

fn free_code(number: u64, mut is_free: impl FnMut(&Hetu) -> bool) -> Hetu {
    (0..)
        .filter_map(|attempt| code(number.wrapping_add(attempt)))
        .find(|hetu| is_free(hetu))
        .expect("there are more codes than persons")
}

fn code(number: u64) -> Option<Hetu> {
    let days = i32::try_from(number % DAYS).ok()?;
    let individual = u16::try_from(900 + (number / DAYS) % 100).ok()?;
    let date = FIRST_DAY.checked_add(jiff::Span::new().days(days)).ok()?;
    Hetu::compose(date, individual).ok()
}

fn pick<'a>(list: &[&'a str], number: u64) -> &'a str {
    list[usize::try_from(number % list.len() as u64).unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::{Hetu, Person};

    proptest::proptest! {
        #[test]
        fn every_number_gives_a_person_of_the_900_series(number: u64) {
            let person = Person::synthetic(number, |_| true);
            let hetu = person.hetu().expect("a right code");
            proptest::prop_assert!(hetu.is_test());
            proptest::prop_assert_eq!((hetu.birth_date(), hetu.gender()), (person.birth_date, person.gender));
            let next = Person::synthetic(number, |code: &Hetu| code.as_str() != person.identity_code);
            proptest::prop_assert_ne!(next.identity_code, person.identity_code);
        }
    }
}
