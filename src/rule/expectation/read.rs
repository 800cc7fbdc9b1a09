//! Reads one `[[expect]]` of a scenario: every mistake in it at once, each at its place.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::convert::ValueReader;
use super::member::MemberValue;
use super::{Expectation, ExpectationKind, MemberKind, MemberReader, ScenarioNames};
use crate::source::{Diagnostics, SourceFile, Span, suggestion};

/// The expectation that `row` of `file` describes, one of `kinds`.
///
/// # Errors
/// Every mistake in it: an unknown kind or member, a value of a wrong type, a name that leads nowhere, a member that
/// is missing, and what the kind itself finds wrong.
pub fn read_expectation(
    row: &Spanned<DeValue<'_>>,
    kinds: &[&'static ExpectationKind],
    names: &ScenarioNames,
    file: &SourceFile,
) -> Result<Expectation, Diagnostics> {
    let mut values = ValueReader { file, names, mistakes: Diagnostics::default() };
    let Some(table) = row.get_ref().as_table() else {
        values.mistake(row.span(), "an expectation is a table", "write [[expect]] above its members");
        return Err(values.mistakes);
    };
    let step = own_member("step", MemberKind::Step, table, row.span(), &mut values);
    let kind = kind(table, row.span(), kinds, &mut values);
    let Some((kind, see)) = kind else { return Err(values.mistakes) };
    let members = members(table, kind, &see, &mut values);
    let (Some(step), true) = (step, values.mistakes.0.is_empty()) else { return Err(values.mistakes) };
    let mut reader = MemberReader::new(file, see, members);
    match (kind.read)(&mut reader) {
        Some(expected) => reader.into_mistakes().into_result(Expectation::new(step, expected)),
        None => Err(reader.into_mistakes()),
    }
}

/// A member that every expectation has: `step` or `see`.
fn own_member(
    name: &str,
    kind: MemberKind,
    table: &DeTable<'_>,
    row: Span,
    values: &mut ValueReader<'_>,
) -> Option<String> {
    let Some(value) = table.get(name) else {
        let misspelt = table.keys().find(|key| suggestion(key.get_ref(), [name]).starts_with("did"));
        let span = misspelt.map_or(row, Spanned::span);
        values.mistake(span, format!("missing member `{name}`"), format!("add {name} = \"…\""));
        return None;
    };
    match values.read(name, kind, value)? {
        MemberValue::Text(text) => Some(text),
        _ => None,
    }
}

/// The kind that `see` names, and the place of its name.
fn kind(
    table: &DeTable<'_>,
    row: Span,
    kinds: &[&'static ExpectationKind],
    values: &mut ValueReader<'_>,
) -> Option<(&'static ExpectationKind, Span)> {
    let name = own_member("see", MemberKind::Text, table, row, values)?;
    let span = table.get("see")?.span();
    let found = kinds.iter().find(|kind| kind.name == name);
    if found.is_none() {
        let hint = suggestion(&name, kinds.iter().map(|kind| kind.name));
        values.mistake(span.clone(), format!("unknown expectation `{name}`"), hint);
    }
    found.map(|kind| (*kind, span))
}

/// The members of the kind that stand in the table, by name.
fn members(
    table: &DeTable<'_>,
    kind: &ExpectationKind,
    see: &Span,
    values: &mut ValueReader<'_>,
) -> BTreeMap<&'static str, (MemberValue, Span)> {
    let mut found = BTreeMap::new();
    for (name, value) in table.iter().filter(|(name, _)| !["step", "see"].contains(&&**name.get_ref())) {
        let Some(member) = kind.members.iter().find(|member| member.name == &**name.get_ref()) else {
            let title = format!("unknown member `{}` of expectation `{}`", name.get_ref(), kind.name);
            let hint = match kind.members {
                [] => "remove it: the expectation has no member beside step and see".to_owned(),
                members => suggestion(name.get_ref(), members.iter().map(|member| member.name)),
            };
            values.mistake(name.span(), title, hint);
            continue;
        };
        if let Some(read) = values.read(member.name, member.kind, value) {
            found.insert(member.name, (read, value.span()));
        }
    }
    for member in kind.members.iter().filter(|member| member.is_needed && !table.contains_key(member.name)) {
        let hint = format!("add {} = …: {}", member.name, member.sentence);
        values.mistake(see.clone(), format!("missing member `{}`", member.name), hint);
    }
    found
}
