//! Object identifiers (ISO/IEC 9834-1) in dotted form.

use std::fmt;
use std::str::FromStr;

use crate::words::{Said, said};

use serde::{Deserialize, Serialize};

/// Longest accepted text of an OID. FHIR R4 bounds an `id` at 64; HL7 v3 does not.
const LONGEST: usize = 128;

/// An OID in dotted form, checked.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Oid(String);

/// Why a text is no OID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OidError {
    /// Fewer than two arcs.
    #[error("an identifier needs at least two numbers with a dot between")]
    TooShort,
    /// Over 128 characters.
    #[error("longer than 128 characters")]
    TooLong,
    /// An arc that is empty, no number, or starts with a zero.
    #[error("part {0} is no number without leading zeros")]
    BadArc(usize),
    /// First arc over 2, or second over 39 under the first two.
    #[error("the first two numbers name no registration authority")]
    BadRoot,
}

impl OidError {
    /// The same, to be told in any language.
    pub fn said(self) -> Said {
        match self {
            Self::TooShort => said::an_identifier_needs_at_least_two_numbers(),
            Self::TooLong => said::longer_than_128_characters(),
            Self::BadArc(number) => said::part_is_no_number_without_leading_zeros(number),
            Self::BadRoot => said::the_first_two_numbers_name_no_registration(),
        }
    }
}

impl Oid {
    /// The dotted text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `text` is one.
    ///
    /// # Errors
    /// Why it is none.
    pub fn check(text: &str) -> Result<(), OidError> {
        if text.len() > LONGEST {
            return Err(OidError::TooLong);
        }
        let (first, second) = text.split_once('.').ok_or(OidError::TooShort)?;
        if let Some(bad) = text.split('.').position(|arc| !is_arc(arc)) {
            return Err(OidError::BadArc(bad + 1));
        }
        let second = second.split('.').next().unwrap_or_default();
        let small = |arc: &str, most: u8| arc.parse::<u8>().is_ok_and(|number| number <= most);
        let root_ok = small(first, 2) && (first == "2" || small(second, 39));
        root_ok.then_some(()).ok_or(OidError::BadRoot)
    }

    /// This OID with one more arc.
    #[must_use]
    pub fn child(&self, arc: u64) -> Self {
        Self(format!("{}.{arc}", self.0))
    }
}

impl FromStr for Oid {
    type Err = OidError;

    fn from_str(text: &str) -> Result<Self, OidError> {
        Self::check(text).map(|()| Self(text.to_owned()))
    }
}

fn is_arc(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'))
}

impl TryFrom<String> for Oid {
    type Error = OidError;

    fn try_from(text: String) -> Result<Self, OidError> {
        text.parse()
    }
}

impl From<Oid> for String {
    fn from(oid: Oid) -> Self {
        oid.0
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Oid, OidError};

    #[test]
    fn accepts_and_refuses() {
        let cases = [
            ("1.2.246.10.99999991.10.0", Ok(())),
            ("2.25.255107866319923602995655518239666143274", Ok(())),
            ("1", Err(OidError::TooShort)),
            ("1.2.", Err(OidError::BadArc(3))),
            ("1.02", Err(OidError::BadArc(2))),
            ("3.1", Err(OidError::BadRoot)),
            ("1.40", Err(OidError::BadRoot)),
            ("1.2.a", Err(OidError::BadArc(3))),
        ];
        for (text, expected) in cases {
            assert_eq!(text.parse::<Oid>().map(|_| ()), expected, "{text}");
        }
    }
}
