//! How records, their fields and what they refer to are found and shown.

use std::collections::BTreeMap;

use super::failure::Failure;
use super::visit::Visit;
use crate::page::Cell;
use crate::register::{FieldForm, FieldSpec, Record, RecordKind, kind_at, kind_of, words_of};

/// Last digits of a card's number that lists show.
const SHOWN_OF_CARD: usize = 4;

/// The kind of records that the address names.
pub(super) fn kind(visit: &Visit) -> Result<&'static RecordKind, Failure> {
    let part = visit.route.split('/').nth(3).unwrap_or_default();
    kind_at(part).ok_or(Failure::NotFound)
}

/// The record that the address names.
pub(super) async fn record(visit: &Visit) -> Result<Record, Failure> {
    Ok(visit.app.store.record(kind(visit)?, visit.parameter("customer"), visit.parameter("record")).await?)
}

/// Address of a record's page.
pub(super) fn address(record: &Record) -> String {
    format!("/customers/{}/{}/{}", record.customer, record.kind.path, record.id)
}

/// Whether the reader may change records of the kind `code` of `customer`.
pub(super) fn may_write(visit: &Visit, code: &str, customer: Option<&str>) -> bool {
    let acting = visit.acting.as_ref();
    kind_of(code).is_some_and(|kind| acting.is_some_and(|acting| acting.may(kind.writers, customer)))
}

/// Headings of a list of records.
pub(super) fn headings(visit: &Visit, kind: &RecordKind) -> Vec<String> {
    kind.fields.iter().filter(|field| field.listed).map(|field| visit.t(&format!("field.{}", field.name))).collect()
}

/// A record as a row of a list; the first cell leads to its page.
pub(super) fn cells(visit: &Visit, record: &Record, references: &References) -> Vec<Cell> {
    let listed = record.kind.fields.iter().filter(|field| field.listed);
    let text = |field: &FieldSpec| {
        let value = record.text(field.name);
        references.name(field.name, value).unwrap_or_else(|| shown(visit, field, value, true))
    };
    let mut cells: Vec<Cell> = listed.map(|field| Cell::from(text(field))).collect();
    if let Some(first) = cells.first_mut() {
        first.link = Some(address(record));
    }
    if !record.text("email_invalid_since").is_empty() {
        cells.push(Cell::marked(visit.t("contact.email-invalid"), "warning"));
    }
    cells
}

/// A value in words of the reader's language.
pub(super) fn shown(visit: &Visit, field: &FieldSpec, value: &str, in_list: bool) -> String {
    match field.form {
        _ if value.is_empty() => String::new(),
        FieldForm::One(list, _) => visit.t(&format!("{list}.{value}")),
        FieldForm::Several(list, _) => {
            words_of(value).map(|word| visit.t(&format!("{list}.{word}"))).collect::<Vec<_>>().join(", ")
        }
        FieldForm::Date => visit.words.date(value),
        FieldForm::Check => visit.t("page.yes"),
        FieldForm::Card if in_list => {
            let hidden = value.chars().count().saturating_sub(SHOWN_OF_CARD);
            format!("…{}", value.chars().skip(hidden).collect::<String>())
        }
        _ => value.to_owned(),
    }
}

/// Records that fields can refer to: identifier and name, by name of the field.
pub(super) struct References(BTreeMap<&'static str, Vec<(String, String)>>);

impl References {
    /// What the field `field` can refer to: identifiers and names.
    pub fn of(&self, field: &str) -> impl Iterator<Item = &(String, String)> {
        self.0.get(field).into_iter().flatten()
    }

    /// The name of the record `id` that the field `field` refers to.
    pub fn name(&self, field: &str, id: &str) -> Option<String> {
        self.0.get(field)?.iter().find(|(known, _)| known == id).map(|(_, name)| name.clone())
    }
}

/// What the references of a record of `kind` can lead to.
pub(super) async fn choices_of_references(
    visit: &Visit,
    kind: &RecordKind,
    customer: &str,
) -> Result<References, Failure> {
    let mut found = BTreeMap::new();
    for field in kind.fields {
        let (code, of_all) = match field.form {
            FieldForm::Reference(code) => (code, false),
            FieldForm::AnyReference(code) => (code, true),
            _ => continue,
        };
        let target = kind_of(code).ok_or_else(|| Failure::Broken(format!("no kind {code}")))?;
        let store = &visit.app.store;
        let records =
            if of_all { store.all_records(target, "", "").await? } else { store.records(target, customer).await? };
        let names = records.iter().map(|record| (record.id.clone(), record_name(visit, record)));
        found.insert(field.name, names.collect());
    }
    Ok(References(found))
}

/// What a record is called: its first listed fields that are no references themselves.
fn record_name(visit: &Visit, record: &Record) -> String {
    let is_reference = |form: FieldForm| matches!(form, FieldForm::Reference(_) | FieldForm::AnyReference(_));
    let listed = record.kind.fields.iter().filter(|field| field.listed && !is_reference(field.form)).take(2);
    let parts: Vec<String> = listed.map(|field| shown(visit, field, record.text(field.name), true)).collect();
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
