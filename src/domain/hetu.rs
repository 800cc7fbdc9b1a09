//! The Finnish personal identity code (henkilötunnus, personbeteckning).
//!
//! `ddmmyyCnnnX`: C names the century, nnn is the individual number (odd for men), X the control
//! character. Individual numbers 900 to 999 are never given to a person and serve as test codes.
//! Published by the Digital and Population Data Services Agency; century signs as of 2023.

use std::fmt;
use std::str::FromStr;

use crate::words::{Said, said};

use serde::{Deserialize, Serialize};

const CONTROL: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";

/// A well-formed identity code: real calendar date, known century sign, right control character.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hetu(String);

/// Administrative gender as the individual number tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gender {
    /// Code 1 of 1.2.246.537.5.1.1997.
    Male,
    /// Code 2 of 1.2.246.537.5.1.1997.
    Female,
}

/// Why a text is no identity code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HetuError {
    /// Not eleven characters of the right kinds.
    #[error("not of the form ddmmyyCnnnX")]
    Form,
    /// The date is not in the calendar.
    #[error("the date is not in the calendar")]
    Date,
    /// Individual number 000 or 001.
    #[error("individual numbers start at 002")]
    Number,
    /// The control character does not fit the digits.
    #[error("the control character does not fit the digits")]
    Control,
}

impl HetuError {
    /// The same, to be told in any language.
    pub fn said(self) -> Said {
        match self {
            Self::Form => said::not_of_the_form_ddmmyy_cnnn_x(),
            Self::Date => said::the_date_is_not_in_the_calendar(),
            Self::Number => said::individual_numbers_start_at_002(),
            Self::Control => said::the_control_character_does_not_fit_the(),
        }
    }
}

impl Hetu {
    /// The code with this birth date and individual number.
    ///
    /// # Errors
    /// `Date` or `Number` when there is no such code; years outside 1800 to 2099 are `Date`.
    pub fn compose(date: jiff::civil::Date, number: u16) -> Result<Self, HetuError> {
        let signs = Self::century_signs(date);
        Self::compose_with(date, *signs.first().ok_or(HetuError::Date)?, number)
    }

    /// The century signs that a code of this birth date may carry, the oldest first; none outside the years
    /// 1800 to 2099. Those beside the first are in use since 2023.
    pub fn century_signs(date: jiff::civil::Date) -> &'static [char] {
        match date.year() {
            1800..=1899 => &['+'],
            1900..=1999 => &['-', 'Y', 'X', 'W', 'V', 'U'],
            2000..=2099 => &['A', 'B', 'C', 'D', 'E', 'F'],
            _ => &[],
        }
    }

    /// The code with this birth date, century sign and individual number.
    ///
    /// # Errors
    /// `Date` when the sign is not of that century, `Number` when there is no such number.
    pub fn compose_with(date: jiff::civil::Date, century: char, number: u16) -> Result<Self, HetuError> {
        if !Self::century_signs(date).contains(&century) {
            return Err(HetuError::Date);
        }
        if !(2..=999).contains(&number) {
            return Err(HetuError::Number);
        }
        let day = format!("{:02}{:02}{:02}", date.day(), date.month(), date.year() % 100);
        let control = control_of(&day, &format!("{number:03}")).ok_or(HetuError::Form)?;
        format!("{day}{century}{number:03}{control}").parse()
    }

    /// The code itself. Never print it without looking at [`Hetu::is_test`] first.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is of the 900 series, which no person has.
    pub fn is_test(&self) -> bool {
        self.0.as_bytes()[7] == b'9'
    }

    /// The gender that the individual number tells.
    pub fn gender(&self) -> Gender {
        if self.0.as_bytes()[9] % 2 == 1 { Gender::Male } else { Gender::Female }
    }

    /// The birth date that the code tells.
    pub fn birth_date(&self) -> jiff::civil::Date {
        date_of(&self.0).unwrap_or(jiff::civil::Date::ZERO)
    }

    /// Day, month and year, the rest starred: fit for any output.
    pub fn masked(&self) -> String {
        format!("{}*****", &self.0[..6])
    }
}

impl FromStr for Hetu {
    type Err = HetuError;

    fn from_str(text: &str) -> Result<Self, HetuError> {
        let text = text.to_ascii_uppercase();
        let bytes = text.as_bytes();
        let digits = |range: std::ops::Range<usize>| bytes[range].iter().all(u8::is_ascii_digit);
        if bytes.len() != 11 || !text.is_ascii() || !digits(0..6) || !digits(7..10) {
            return Err(HetuError::Form);
        }
        if century_of(bytes[6]).is_none() || !CONTROL.contains(&bytes[10]) {
            return Err(HetuError::Form);
        }
        date_of(&text).ok_or(HetuError::Date)?;
        if &text[7..9] == "00" && bytes[9] < b'2' {
            return Err(HetuError::Number);
        }
        match control_of(&text[..6], &text[7..10]) {
            Some(control) if control == char::from(bytes[10]) => Ok(Self(text)),
            _ => Err(HetuError::Control),
        }
    }
}

fn century_of(sign: u8) -> Option<i16> {
    match sign {
        b'+' => Some(1800),
        b'-' | b'Y' | b'X' | b'W' | b'V' | b'U' => Some(1900),
        b'A'..=b'F' => Some(2000),
        _ => None,
    }
}

fn date_of(text: &str) -> Option<jiff::civil::Date> {
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
    let year = century_of(*text.as_bytes().get(6)?)? + part(4..6)?;
    jiff::civil::Date::new(year, i8::try_from(part(2..4)?).ok()?, i8::try_from(part(0..2)?).ok()?).ok()
}

fn control_of(day: &str, number: &str) -> Option<char> {
    let digits: u64 = format!("{day}{number}").parse().ok()?;
    CONTROL.get(usize::try_from(digits % 31).ok()?).map(|byte| char::from(*byte))
}

impl TryFrom<String> for Hetu {
    type Error = HetuError;

    fn try_from(text: String) -> Result<Self, HetuError> {
        text.parse()
    }
}

impl From<Hetu> for String {
    fn from(hetu: Hetu) -> Self {
        hetu.0
    }
}

/// Test codes show whole, any other masked.
impl fmt::Display for Hetu {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_test() { out.write_str(&self.0) } else { out.write_str(&self.masked()) }
    }
}

impl fmt::Debug for Hetu {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Hetu({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::{Gender, Hetu, HetuError};

    #[test]
    fn published_test_codes_are_accepted() {
        for text in ["010181-900C", "020516C903K", "010280-952L", "010469-999W", "290200A930A", "240212A917S"] {
            let hetu: Hetu = text.parse().expect(text);
            assert!(hetu.is_test(), "{text}");
            assert_eq!(hetu.to_string(), text);
        }
    }

    #[test]
    fn wrong_codes_say_why() {
        let cases = [
            ("010181-900D", HetuError::Control),
            ("310281-9000", HetuError::Date),
            ("290201A930A", HetuError::Date),
            ("010181-001C", HetuError::Number),
            ("010181G900C", HetuError::Form),
            ("010181-900", HetuError::Form),
            ("010181-900ä", HetuError::Form),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse::<Hetu>(), Err(expected), "{text}");
        }
    }

    #[test]
    fn a_code_outside_the_test_series_never_shows_whole() {
        let date = jiff::civil::date(1981, 1, 1);
        let hetu = Hetu::compose(date, 123).expect("compose");
        assert!(!hetu.is_test());
        assert_eq!(hetu.to_string(), "010181*****");
        assert_eq!(format!("{hetu:?}"), "Hetu(010181*****)");
        assert_eq!(hetu.gender(), Gender::Male);
        assert_eq!(hetu.birth_date(), date);
    }

    proptest::proptest! {
        #[test]
        fn what_is_composed_parses(days in 0_i32..90_000, number in 2_u16..1000) {
            let date = jiff::civil::date(1800, 1, 1).checked_add(jiff::Span::new().days(days)).expect("date");
            let hetu = Hetu::compose(date, number).expect("compose");
            proptest::prop_assert_eq!(hetu.birth_date(), date);
            proptest::prop_assert_eq!(hetu.is_test(), number >= 900);
            for sign in Hetu::century_signs(date) {
                let other = Hetu::compose_with(date, *sign, number).expect("compose");
                proptest::prop_assert_eq!((other.birth_date(), other.gender()), (date, hetu.gender()));
            }
            proptest::prop_assert_eq!(Hetu::compose_with(date, 'Z', number), Err(HetuError::Date));
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,14}") {
            let _ = text.parse::<Hetu>();
        }
    }
}
