//! Synthetic persons as they live: alone or in families, some protected, some without an identity code.

use std::collections::HashSet;

use jiff::civil::{Date, date};

use super::{Hetu, Person};

/// First and last birth year of adults. With them every child has an age that fits its parents.
const ADULTS: (u64, u64) = (1945, 1998);
/// Years between a parent and a child.
const YEARS_BETWEEN: (u64, u64) = (20, 27);
/// Of so many families, or persons who live alone, one is protected.
const PROTECTED_OF: u64 = 12;
/// Of so many persons one has a temporary identifier only.
const TEMPORARY_OF: u64 = 15;
/// Of so many codes one carries a century sign of 2023.
const NEW_SIGN_OF: u64 = 4;
/// Node of temporary identifiers under an organisation's OID; the year stands below it.
const TEMPORARY_NODE: u64 = 22;
/// Year of the temporary identifiers.
const TEMPORARY_YEAR: u64 = 2026;

/// A synthetic person with what a client information system holds beside the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resident {
    /// Name, birth date and gender; the identity code is of the 900 series.
    pub person: Person,
    /// The identifier that stands for the identity code, where the person has none: then the code in
    /// `person` is not to be used.
    pub temporary: Option<TemporaryId>,
    /// Whether a protection order (turvakielto) is in force: contact data and municipality are not to be
    /// shown. Families are protected as a whole.
    pub protected: bool,
    /// Number of the family, from 1.
    pub family: u64,
    pub role: FamilyRole,
}

/// A temporary identifier, given by an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemporaryId {
    /// `1.2.246.10.<organisation>.22.<year>`.
    pub root: String,
    pub extension: String,
}

/// Place in a family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FamilyRole {
    /// Lives alone.
    Single,
    /// A parent, or one of a couple.
    Adult,
    /// A child of the adults of the family.
    Child,
}

impl FamilyRole {
    /// Its name in data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Adult => "adult",
            Self::Child => "child",
        }
    }
}

/// `number` persons, the same for the same seed: the first of more are those of fewer, but for a last family
/// that is cut. `families` lets them live together; temporary identifiers are of `organisation`, an OID.
pub fn residents(number: usize, seed: u64, families: bool, organisation: &str) -> Vec<Resident> {
    let mut town = Town { dice: Dice(seed), taken: HashSet::new(), people: Vec::new(), organisation };
    let mut family = 0;
    while town.people.len() < number {
        family += 1;
        let (adults, children) = if families { town.household() } else { (1, 0) };
        town.settle(family, adults, children);
    }
    town.people.truncate(number);
    town.people
}

struct Town<'a> {
    dice: Dice,
    taken: HashSet<String>,
    people: Vec<Resident>,
    organisation: &'a str,
}

impl Town<'_> {
    /// How many adults and children live together.
    fn household(&mut self) -> (u64, u64) {
        match self.dice.below(5) {
            0 => (1, 0),
            1 => (2, 0),
            2 => (1, 1 + self.dice.below(2)),
            _ => (2, 1 + self.dice.below(3)),
        }
    }

    fn settle(&mut self, family: u64, adults: u64, children: u64) {
        let (surname, protected) = (self.dice.next(), self.dice.below(PROTECTED_OF) == 0);
        let year = self.dice.between(ADULTS);
        let alone = adults + children == 1;
        for _ in 0..adults {
            let role = if alone { FamilyRole::Single } else { FamilyRole::Adult };
            let year = year.saturating_sub(self.dice.below(4)).max(ADULTS.0);
            self.move_in(family, role, year, surname, protected);
        }
        for _ in 0..children {
            let year = year + self.dice.between(YEARS_BETWEEN);
            self.move_in(family, FamilyRole::Child, year, surname, protected);
        }
    }

    fn move_in(&mut self, family: u64, role: FamilyRole, year: u64, surname: u64, protected: bool) {
        let hetu = self.code(year);
        let given = self.dice.next();
        let named = Person::named_by(&hetu, surname);
        let person = Person { given_names: Person::named_by(&hetu, given).given_names, ..named };
        let temporary = (self.dice.below(TEMPORARY_OF) == 0).then(|| self.temporary());
        self.people.push(Resident { person, temporary, protected, family, role });
    }

    /// A free code of the 900 series for a birth in `year`.
    fn code(&mut self, year: u64) -> Hetu {
        loop {
            let day = self.birthday(year);
            let signs = Hetu::century_signs(day);
            let is_new = self.dice.below(NEW_SIGN_OF) == 0;
            let sign = if is_new { self.dice.pick(signs) } else { signs.first().copied() };
            let number = u16::try_from(900 + self.dice.below(100)).unwrap_or(900);
            let hetu = sign.and_then(|sign| Hetu::compose_with(day, sign, number).ok());
            if let Some(hetu) = hetu.filter(|hetu| self.taken.insert(hetu.as_str().to_owned())) {
                return hetu;
            }
        }
    }

    fn birthday(&mut self, year: u64) -> Date {
        let first = date(i16::try_from(year).unwrap_or(2000), 1, 1);
        let days = i32::try_from(self.dice.below(365)).unwrap_or(0);
        first.checked_add(jiff::Span::new().days(days)).unwrap_or(first)
    }

    fn temporary(&self) -> TemporaryId {
        // The OID of an organisation ends with its node; numbers of persons stand beside that.
        let organisation = self.organisation.strip_suffix(".10.0").unwrap_or(self.organisation);
        TemporaryId {
            root: format!("{organisation}.{TEMPORARY_NODE}.{TEMPORARY_YEAR}"),
            extension: format!("{}", 1 + self.people.len()),
        }
    }
}

/// Numbers from a seed (SplitMix64, by Steele, Lea and Flood).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn between(&mut self, (first, last): (u64, u64)) -> u64 {
        first + self.below(last - first + 1)
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        let at = self.below(list.len().max(1) as u64);
        list.get(usize::try_from(at).ok()?).copied()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{FamilyRole, residents};

    const ORGANISATION: &str = "1.2.246.10.99999991.10.0";

    #[test]
    fn a_town_has_everybody_that_a_test_needs() {
        let town = residents(500, 1, true, ORGANISATION);
        let signs: HashSet<char> = town.iter().filter_map(|one| one.person.identity_code.chars().nth(6)).collect();
        assert!(signs.contains(&'-') && signs.contains(&'A') && signs.len() > 8, "{signs:?}");
        let temporary: Vec<_> = town.iter().filter_map(|one| one.temporary.as_ref()).collect();
        assert!(temporary.len() > 10 && temporary[0].root == "1.2.246.10.99999991.22.2026");
        assert!(town.iter().any(|one| one.protected) && town.iter().any(|one| one.role == FamilyRole::Child));
        assert!(residents(50, 1, false, ORGANISATION).iter().all(|one| one.role == FamilyRole::Single));
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(40))]
        #[test]
        fn persons_and_families_are_consistent(seed: u64, number in 0_usize..200) {
            let town = residents(number, seed, true, ORGANISATION);
            proptest::prop_assert_eq!(town.len(), number);
            proptest::prop_assert_eq!(&residents(number, seed, true, ORGANISATION), &town);
            let codes: HashSet<_> = town.iter().map(|one| &one.person.identity_code).collect();
            proptest::prop_assert_eq!(codes.len(), number);
            for one in &town {
                let hetu = one.person.hetu().expect("a right code");
                proptest::prop_assert!(hetu.is_test());
                proptest::prop_assert_eq!((hetu.birth_date(), hetu.gender()), (one.person.birth_date, one.person.gender));
                for other in town.iter().filter(|other| other.family == one.family) {
                    proptest::prop_assert_eq!(&other.person.family_name, &one.person.family_name);
                    proptest::prop_assert_eq!(other.protected, one.protected);
                    if (one.role, other.role) == (FamilyRole::Adult, FamilyRole::Child) {
                        let years = other.person.birth_date.year() - one.person.birth_date.year();
                        proptest::prop_assert!((18..=35).contains(&years), "{years}");
                    }
                }
            }
        }
    }
}
