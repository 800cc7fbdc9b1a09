//! Synthetic persons.

use serde::{Deserialize, Serialize};

use super::{Gender, HETU_ROOT, Hetu};

/// The name under which a person is kept and found: the identity code, or another identifier with its root.
pub fn person_key(root: &str, extension: &str) -> String {
    if root == HETU_ROOT { extension.to_owned() } else { format!("{root} {extension}") }
}

/// Root and extension of the identifier that [`person_key`] made `key` of.
pub fn person_id(key: &str) -> (&str, &str) {
    key.split_once(' ').unwrap_or((HETU_ROOT, key))
}

/// A synthetic person of the 900 series. The identity code is a text, since some scenarios need a
/// wrong one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// Identity code as it is to be used.
    pub identity_code: String,
    pub family_name: String,
    /// Given names, the call name first.
    pub given_names: Vec<String>,
    /// Birth date, `YYYY-MM-DD`.
    pub birth_date: jiff::civil::Date,
    pub gender: Gender,
}

impl Person {
    /// The identity code, when it is a right one.
    pub fn hetu(&self) -> Option<Hetu> {
        self.identity_code.parse().ok()
    }
}
