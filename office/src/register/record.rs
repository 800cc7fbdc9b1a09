//! A record and the origin of its data.

use std::collections::BTreeMap;

use super::kind::RecordKind;

/// Values of a record by name of their field. Empty texts are none.
pub type Values = BTreeMap<String, String>;

/// A record.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its kind.
    pub kind: &'static RecordKind,
    /// Identifier.
    pub id: String,
    /// Identifier of the customer.
    pub customer: String,
    /// Counts its changes, from 1.
    pub version: i64,
    /// When it was made, in milliseconds.
    pub created_at: i64,
    /// When it was changed last, in milliseconds.
    pub changed_at: i64,
    /// Its values.
    pub values: Values,
}

impl Record {
    /// The value of a field; empty where there is none.
    pub fn text(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }

    /// Whether a field with several values has this one.
    pub fn has(&self, field: &str, value: &str) -> bool {
        super::words_of(self.text(field)).any(|word| word == value)
    }

    /// The date of a field.
    pub fn date(&self, field: &str) -> Option<jiff::civil::Date> {
        self.text(field).parse().ok()
    }
}

/// Where a datum came from, and who changed it when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Code of the way by which it came.
    pub origin: String,
    /// Sign-in name of the one who wrote it.
    pub changed_by: String,
    /// When, in milliseconds.
    pub changed_at: i64,
}
