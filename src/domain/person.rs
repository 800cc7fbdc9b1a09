//! Synthetic persons.

use serde::{Deserialize, Serialize};

use super::{Gender, Hetu};

/// A synthetic person of the 900 series. The identity code is a text, since some scenarios need a
/// wrong one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// Identity code as it is to be used.
    pub identity_code: String,
    /// Family name.
    pub family_name: String,
    /// Given names, the call name first.
    pub given_names: Vec<String>,
    /// Birth date, `YYYY-MM-DD`.
    pub birth_date: jiff::civil::Date,
    /// Administrative gender.
    pub gender: Gender,
}

impl Person {
    /// The identity code, when it is a right one.
    pub fn hetu(&self) -> Option<Hetu> {
        self.identity_code.parse().ok()
    }
}
