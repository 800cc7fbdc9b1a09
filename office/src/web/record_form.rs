//! The form of a record.

use super::failure::Failure;
use super::record_view::{References, choices_of_references};
use super::visit::Visit;
use crate::page::{Choice, Field, FieldKind, Form};
use crate::register::{FieldForm, FieldSpec, MANUAL_ORIGINS, Mistakes, Record, RecordKind, Values, words_of};

/// The form of a record of `kind` with `values`, and what is wrong with them.
pub(super) async fn record_form(
    visit: &Visit,
    kind: &RecordKind,
    values: &Values,
    wrong: &Mistakes,
    action: &str,
    version: i64,
) -> Result<Form, Failure> {
    let is_office = visit.acting()?.is_of_the_office();
    let references = choices_of_references(visit, kind, visit.parameter("customer")).await?;
    let mut fields = vec![Field::hidden("version", version.to_string())];
    for spec in kind.fields.iter().filter(|spec| is_office || !spec.office_only) {
        let value = values.get(spec.name).map_or("", String::as_str);
        let error = wrong.get(spec.name).map(|key| visit.t(key)).unwrap_or_default();
        let hint_key = format!("hint.{}", spec.name);
        let hint = if visit.words.has(&hint_key) { visit.t(&hint_key) } else { String::new() };
        let field =
            Field::of(field_kind(visit, spec, value, &references), spec.name, visit.t(&format!("field.{}", spec.name)));
        fields.push(Field { error, required: spec.required, ..field.value(value).hint(hint) });
    }
    if is_office {
        let chosen = visit.field("origin");
        let choices = MANUAL_ORIGINS.iter().map(|origin| Choice {
            value: (*origin).to_owned(),
            label: visit.t(&format!("origin.{origin}")),
            chosen: *origin == chosen,
        });
        let origin = Field::of(FieldKind::One(choices.collect()), "origin", visit.t("origin.field")).required();
        fields.push(origin.hint(visit.t("origin.hint")));
    }
    Ok(visit.form(action, fields, "record.save"))
}

fn field_kind(visit: &Visit, spec: &FieldSpec, value: &str, references: &References) -> FieldKind {
    let choice = |list: &str, code: &str, chosen: bool| {
        let label = if code.is_empty() { visit.t("page.none") } else { visit.t(&format!("{list}.{code}")) };
        Choice { value: code.to_owned(), label, chosen }
    };
    match spec.form {
        FieldForm::Line(_) | FieldForm::Oid | FieldForm::BusinessId | FieldForm::Card => FieldKind::Text,
        FieldForm::Lines(_) | FieldForm::Oids => FieldKind::Lines,
        FieldForm::Email => FieldKind::Email,
        FieldForm::Telephone => FieldKind::Telephone,
        FieldForm::Date => FieldKind::Date,
        FieldForm::Check => FieldKind::Check,
        FieldForm::One(list, codes) => {
            FieldKind::One(codes.iter().map(|code| choice(list, code, *code == value)).collect())
        }
        FieldForm::Several(list, codes) => {
            let is_chosen = |code: &str| words_of(value).any(|word| word == code);
            FieldKind::Several(codes.iter().map(|code| choice(list, code, is_chosen(code))).collect())
        }
        FieldForm::Reference(_) | FieldForm::AnyReference(_) => {
            let none = (!spec.required).then(|| choice("", "", value.is_empty()));
            let named = references.of(spec.name).map(|(id, name)| Choice {
                value: id.clone(),
                label: name.clone(),
                chosen: id == value,
            });
            FieldKind::One(none.into_iter().chain(named).collect())
        }
    }
}

/// What the form gave. Fields that only the office changes keep what they hold in `before`.
pub(super) fn given(visit: &Visit, kind: &RecordKind, before: Option<&Record>) -> Result<Values, Failure> {
    let is_office = visit.acting()?.is_of_the_office();
    let mut values = Values::new();
    for spec in kind.fields {
        let value = match spec.form {
            _ if spec.office_only && !is_office => before.map_or("", |record| record.text(spec.name)).to_owned(),
            FieldForm::Several(..) => visit.posted.fields.all(spec.name).collect::<Vec<_>>().join(" "),
            _ => visit.field(spec.name).to_owned(),
        };
        values.insert(spec.name.to_owned(), value);
    }
    Ok(values)
}
