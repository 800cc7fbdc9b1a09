//! Rows of a profile in place of those that it extends.
//!
//! Lists of rows with keys (`[[document-group]]`, `[element] document`) and tables of named rows (`[code-system]`)
//! change row by row: a row takes the whole place of the row of its key, and one with `removed = true` takes it
//! away. Other tables change member by member, other lists as a whole.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer};

use super::keys::{REMOVED, below, holds_rows, keys_of};
use super::lineage::{HINT, Lineage};
use crate::source::{Diagnostic, Diagnostics, plain_words};

/// What the texts of a profile say together.
///
/// # Errors
/// Texts that are no TOML, rows that take away what is not there, and the first place of another shape.
pub(super) fn read<T: DeserializeOwned>(lineage: &Lineage) -> Result<T, Diagnostics> {
    let merged = merged(lineage)?;
    T::deserialize(Deserializer::from(Spanned::new(0..0, merged))).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        Diagnostics(vec![lineage.mistake(span, plain_words(error.message()), HINT)])
    })
}

fn merged(lineage: &Lineage) -> Result<DeTable<'_>, Diagnostics> {
    let mut merger = Merger { lineage, mistakes: Diagnostics::default() };
    let mut whole = DeTable::new();
    for (start, file) in lineage.texts().rev() {
        let parsed = DeTable::parse(&file.text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            Diagnostics(vec![Diagnostic::new(file, span, plain_words(error.message()), HINT)])
        })?;
        let table = shifted_table(parsed.into_inner(), start);
        if whole.is_empty() { whole = table } else { merger.tables(&mut whole, table, "") }
    }
    whole.remove("extends");
    merger.mistakes.into_result(whole)
}

/// Puts rows into the place of others, and notes what cannot be meant.
struct Merger<'a> {
    lineage: &'a Lineage,
    mistakes: Diagnostics,
}

impl Merger<'_> {
    fn mistake(&mut self, span: std::ops::Range<usize>, title: String, hint: &str) {
        self.mistakes.push(self.lineage.mistake(span, title, hint));
    }

    fn tables<'i>(&mut self, old: &mut DeTable<'i>, new: DeTable<'i>, place: &str) {
        for (name, value) in new {
            let own = below(place, name.get_ref());
            let is_row = holds_rows(place);
            if is_row && is_removal(value.get_ref()) {
                if old.remove(&**name.get_ref()).is_none() {
                    self.mistake(name.span(), format!("no row {own} to remove"), ROW_HINT);
                }
                continue;
            }
            let (span, value) = (value.span(), value.into_inner());
            let replaced = match (old.get_mut(&**name.get_ref()).map(Spanned::get_mut), value) {
                (Some(DeValue::Table(old)), DeValue::Table(new)) if !is_row => {
                    self.tables(old, new, &own);
                    None
                }
                (Some(DeValue::Array(old)), DeValue::Array(new)) => {
                    self.lists(old, new, &own);
                    None
                }
                (_, value) => Some(Spanned::new(span, value)),
            };
            if let Some(value) = replaced {
                old.insert(name, value);
            }
        }
    }

    fn lists<'i>(&mut self, old: &mut DeArray<'i>, new: DeArray<'i>, place: &str) {
        let Some(keys) = keys_of(place) else {
            *old = new;
            return;
        };
        let mut rows: Vec<Spanned<DeValue<'i>>> = std::mem::replace(old, DeArray::new()).into_iter().collect();
        let mut seen = BTreeSet::new();
        for row in new {
            let key = key_of(row.get_ref(), keys);
            if seen.insert(key.clone()) {
                self.row(&mut rows, row, &key, keys, place);
            } else {
                self.mistake(row.span(), format!("the row {} of {place} stands twice", key.join(" ")), "say it once");
            }
        }
        *old = rows.into_iter().collect();
    }

    /// Puts one row into the place of the row of its key, or takes that away.
    fn row<'i>(
        &mut self,
        rows: &mut Vec<Spanned<DeValue<'i>>>,
        row: Spanned<DeValue<'i>>,
        key: &[String],
        keys: &[&str],
        place: &str,
    ) {
        let at = rows.iter().position(|one| key_of(one.get_ref(), keys) == key);
        match (at, is_removal(row.get_ref())) {
            (Some(at), false) => rows[at] = row,
            (None, false) => rows.push(row),
            (Some(at), true) if holds_more(row.get_ref(), keys) => {
                let title = format!("the row {} of {place} is removed and says more than its key", key.join(" "));
                self.mistake(row.span(), title, "name the key alone beside `removed`");
                rows.remove(at);
            }
            (Some(at), true) => drop(rows.remove(at)),
            (None, true) => {
                self.mistake(row.span(), format!("no row {} of {place} to remove", key.join(" ")), ROW_HINT);
            }
        }
    }
}

const ROW_HINT: &str = "a row is told by its key; compare with what `kantakoe profile` prints";

fn is_removal(row: &DeValue<'_>) -> bool {
    let marker = row.as_table().and_then(|table| table.get(REMOVED));
    marker.and_then(|marker| marker.get_ref().as_bool()) == Some(true)
}

/// Whether a row that takes another away has members beside its key.
fn holds_more(row: &DeValue<'_>, keys: &[&str]) -> bool {
    let names = row.as_table().into_iter().flat_map(|table| table.keys());
    names.map(|name| &**name.get_ref()).any(|name| name != REMOVED && !keys.contains(&name))
}

/// The members of a row that make its key, as text; empty where the row lacks one.
fn key_of(row: &DeValue<'_>, keys: &[&str]) -> Vec<String> {
    let member = |name: &&str| row.as_table().and_then(|table| table.get(*name)).map(|value| text_of(value.get_ref()));
    keys.iter().map(|name| member(name).unwrap_or_default()).collect()
}

fn text_of(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Array(items) => items.iter().map(|item| text_of(item.get_ref())).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

/// The table with its places counted from `start`.
fn shifted_table(table: DeTable<'_>, start: usize) -> DeTable<'_> {
    let moved = |span: std::ops::Range<usize>| span.start + start..span.end + start;
    let entries = table.into_iter().map(|(name, value)| {
        let span = moved(name.span());
        (Spanned::new(span, name.into_inner()), shifted(value, start))
    });
    entries.collect()
}

fn shifted(value: Spanned<DeValue<'_>>, start: usize) -> Spanned<DeValue<'_>> {
    let span = value.span().start + start..value.span().end + start;
    let inner = match value.into_inner() {
        DeValue::Table(table) => DeValue::Table(shifted_table(table, start)),
        DeValue::Array(items) => DeValue::Array(items.into_iter().map(|item| shifted(item, start)).collect()),
        other => other,
    };
    Spanned::new(span, inner)
}
