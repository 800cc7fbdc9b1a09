//! The rows in which a profile differs from a version that ships.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use super::keys::{below, holds_rows, keys_of};

/// In what a profile differs from a version that ships.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Differences {
    /// Name and version of the one that ships.
    pub from: String,
    /// The rows, by their place in the file.
    pub rows: Vec<RowDifference>,
}

/// A row in which two profiles differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowDifference {
    /// Its place and key, as `document-group 22` or `query.client`.
    pub row: String,
    pub how: How,
}

/// How a row differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// The one that ships does not have it.
    Added,
    /// Both have it, with other values.
    Changed,
    /// Only the one that ships has it.
    Removed,
}

impl How {
    /// `added`, `changed` or `removed`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

impl std::fmt::Display for RowDifference {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} {}", self.row, self.how.name())
    }
}

/// The rows in which `new` differs from `old`; a profile's name and version are none.
pub(super) fn rows(old: &Table, new: &Table) -> Vec<RowDifference> {
    let mut found = Vec::new();
    tables(old, new, "", &mut found);
    found.retain(|one| !["name", "version", "extends"].contains(&one.row.as_str()));
    found
}

fn tables(old: &Table, new: &Table, place: &str, found: &mut Vec<RowDifference>) {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let own = below(place, name);
        match (old.get(name), new.get(name)) {
            (Some(Value::Table(old)), Some(Value::Table(new))) if !holds_rows(place) => {
                tables(old, new, &own, found);
            }
            (Some(Value::Array(old)), Some(Value::Array(new))) if keys_of(&own).is_some() => {
                lists(old, new, &own, found);
            }
            (old, new) => note(own, old, new, found),
        }
    }
}

fn lists(old: &[Value], new: &[Value], place: &str, found: &mut Vec<RowDifference>) {
    let keys = keys_of(place).unwrap_or_default();
    let key = |row: &Value| keys.iter().map(|name| text_of(row.get(name))).collect::<Vec<_>>();
    let in_list = |rows: &[Value], wanted: &[String]| rows.iter().find(|row| key(row) == wanted).cloned();
    let all: BTreeSet<Vec<String>> = old.iter().chain(new).map(key).collect();
    for wanted in all {
        let shown = wanted.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ");
        note(format!("{place} {shown}"), in_list(old, &wanted).as_ref(), in_list(new, &wanted).as_ref(), found);
    }
}

fn note(row: String, old: Option<&Value>, new: Option<&Value>, found: &mut Vec<RowDifference>) {
    let how = match (old, new) {
        (None, Some(_)) => How::Added,
        (Some(_), None) => How::Removed,
        (old, new) if old == new => return,
        _ => How::Changed,
    };
    found.push(RowDifference { row, how });
}

fn text_of(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => items.iter().map(|item| text_of(Some(item))).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}
