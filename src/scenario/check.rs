//! Checks a scenario before anything runs: it refuses what could never pass and what could never fail.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Action;
use super::check_step::step;
use super::checker::{CheckContext, ScenarioChecker};
use super::declared::declared;
use super::meaning::{Meaning, SeenStep};
use super::model::{DocumentKind, GivenDocument, GivenPerson, Scenario, WaitingForm, WrongCode};
use super::text::{GivenText, PersonText, ScenarioText, WaitingFormText};
use crate::domain::Area;
use crate::rule::expectation::{EXPECTATION_KINDS, Expectation, NotSentAgain, ToldTruly, read_expectation};
use crate::rule::{FindingCode, action};
use crate::source::{Diagnostics, Position, SourceFile, read_toml};
use crate::words::Translated;

/// The `[[expect]]` rows of the file, with the place of each name and value.
fn expectations(file: &SourceFile) -> Vec<Spanned<DeValue<'_>>> {
    let rows = DeTable::parse(&file.text).ok().and_then(|table| table.into_inner().remove("expect"));
    match rows.map(Spanned::into_inner) {
        Some(DeValue::Array(rows)) => rows.into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The scenario in `file`, checked whole.
///
/// # Errors
/// Every mistake in it, with its place.
pub fn check(file: &SourceFile, context: CheckContext<'_>) -> Result<Scenario, Diagnostics> {
    let text: ScenarioText = read_toml(file, "docs/scenarios.md shows every member")?;
    let rows = expectations(file);
    let mut checker = ScenarioChecker::new(file, context);
    let scenario = scenario(&text, &rows, &mut checker);
    checker.mistakes.into_result(scenario)
}

fn scenario(text: &ScenarioText, rows: &[Spanned<DeValue<'_>>], checker: &mut ScenarioChecker<'_>) -> Scenario {
    let area = identity(text, checker);
    let persons: Vec<_> = text.person.iter().map(|row| person(row, checker)).collect();
    let given: Vec<_> = text.given.iter().map(|row| given(row, checker)).collect();
    let declared: Vec<_> = text.declared.iter().filter_map(|row| declared(row, checker)).collect();
    let waiting: Vec<_> = text.waiting_form.iter().map(|row| waiting(row, checker)).collect();
    let mut expectations: Vec<Expectation> = Vec::new();
    let mut steps = Vec::new();
    let mut seen = Vec::new();
    for row in &text.step {
        let (made, ends, sent) = step(row, checker);
        seen.push(SeenStep { row, action: made.action, outcomes: ends.outcomes.clone(), sent: sent.clone() });
        expectations.push(Expectation::new(&made.name, Box::new(ends)));
        expectations.extend(sent.map(|sent| Expectation::new(&made.name, Box::new(sent))));
        expectations.push(Expectation::new(&made.name, Box::new(ToldTruly)));
        expectations.push(Expectation::new(&made.name, Box::new(NotSentAgain)));
        steps.push(made);
    }
    let own = expectations.len();
    let mut are_all_read = true;
    for row in rows {
        match read_expectation(row, EXPECTATION_KINDS, &checker.names, checker.file) {
            Ok(expectation) => expectations.push(expectation),
            Err(mistakes) => {
                are_all_read = false;
                checker.mistakes.0.extend(mistakes.0);
            }
        }
    }
    asks_and_expects(text, checker);
    let [title, purpose] = words(text, checker);
    if are_all_read {
        claims_are_judged(text, &expectations, checker);
        let expectations = rows.iter().map(Spanned::span).zip(&expectations[own..]).collect();
        Meaning { steps: seen, expectations }.check(text.id.span(), checker);
    }
    Scenario {
        id: text.id.get_ref().clone(),
        area,
        requirements: text.requirements.iter().map(|row| row.get_ref().clone()).collect(),
        title,
        purpose,
        source: format!("{}:{}", checker.file.name, Position::of(&checker.file.text, text.id.span().start).line),
        persons,
        given,
        declared,
        waiting,
        steps,
        expectations,
    }
}

/// The area of the scenario; the first one where it names none that there is.
fn identity(text: &ScenarioText, checker: &mut ScenarioChecker<'_>) -> Area {
    let id = text.id.get_ref();
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        checker.mistake(
            text.id.span(),
            "the id is not in small letters, digits and hyphens",
            "write it like storage-matter",
        );
    }
    let area = checker.one_of("area", &text.area, &Area::OF_SCENARIOS.map(|area| (area.name(), area)));
    for requirement in &text.requirements {
        if checker.context.catalogue.get_requirement(requirement.get_ref()).is_none() {
            let title = format!("unknown requirement `{}`", requirement.get_ref());
            checker.mistake(requirement.span(), title, "name one of catalogue/requirements.toml");
        }
    }
    area.unwrap_or(Area::Storage)
}

/// Title and purpose: the words of the file, and for languages that lack those of `texts/<language>/scenarios.toml`.
fn words(text: &ScenarioText, checker: &mut ScenarioChecker<'_>) -> [Translated; 2] {
    [("title", &text.title), ("purpose", &text.purpose)].map(|(part, own)| {
        let words = own.clone().or(Translated::of_scenario(text.id.get_ref(), part));
        if words.is_empty() {
            let hint = format!("add {part} = {{ en = \"…\" }}, in one or more languages");
            checker.mistake(text.id.span(), format!("missing member `{part}`"), hint);
        }
        words
    })
}

fn person(row: &PersonText, checker: &mut ScenarioChecker<'_>) -> GivenPerson {
    if !checker.persons.insert(row.name.get_ref().clone()) {
        checker.mistake(row.name.span(), "this person stands twice", "give one of them another name");
    }
    let known = [("control-character", WrongCode::ControlCharacter)];
    let wrong_code = row.wrong_code.as_ref().and_then(|wrong| checker.one_of("wrong code", wrong, &known));
    GivenPerson { name: row.name.get_ref().clone(), wrong_code }
}

fn given(row: &GivenText, checker: &mut ScenarioChecker<'_>) -> GivenDocument {
    let client = checker.person(&row.client);
    let kind = kind(&row.kind, checker);
    let above = above(row, kind, checker);
    let versions = row.versions.as_ref().map_or(1, |versions| *versions.get_ref());
    if versions == 0 || versions > 20 {
        let span = row.versions.as_ref().map_or_else(|| row.name.span(), Spanned::span);
        checker.mistake(span, "a document has 1 to 20 versions", "say how many there are");
    }
    if !checker.names.documents.insert(row.name.get_ref().clone()) {
        checker.mistake(row.name.span(), "this document stands twice", "give one of them another name");
    }
    GivenDocument {
        name: row.name.get_ref().clone(),
        client,
        kind,
        controller: checker.controller(row.controller.as_ref()),
        service_task: row.service_task.clone(),
        versions,
        nullified: row.nullified,
        above,
        document_type: given_type(row, kind, checker),
    }
}

fn kind(said: &Spanned<String>, checker: &mut ScenarioChecker<'_>) -> DocumentKind {
    let known = DocumentKind::ALL.map(|kind| (kind.name(), kind));
    checker.one_of("kind of document", said, &known).unwrap_or(DocumentKind::ClientDocument)
}

/// The given document that stands above this one.
fn above(row: &GivenText, kind: DocumentKind, checker: &mut ScenarioChecker<'_>) -> Option<String> {
    let upward = kind.upward();
    let said = [(&row.relationship, DocumentKind::ClientRelationship), (&row.matter, DocumentKind::Matter)];
    let said = said.into_iter().filter_map(|(name, above)| Some((name.as_ref()?, above)));
    let mut found = None;
    for (name, above) in said {
        let document = checker.document(name);
        if upward == Some(above) {
            found = Some(document);
        } else {
            let title = format!("{} stands below no {}", kind.name(), above.name());
            checker.mistake(name.span(), title, "remove it");
        }
    }
    found
}

/// The type that is said of a document whose kind leaves it open.
fn given_type(row: &GivenText, kind: DocumentKind, checker: &mut ScenarioChecker<'_>) -> Option<String> {
    let said = row.document_type.as_ref()?;
    if !kind.is_of_any_type() {
        let title = format!("the type of {} is not open", kind.name());
        checker.mistake(said.span(), title, "remove it, or give a first-phase-document or an old-document");
    }
    Some(checker.document_type(said))
}

fn waiting(row: &WaitingFormText, checker: &mut ScenarioChecker<'_>) -> WaitingForm {
    let name = row.name.get_ref().clone();
    if checker.names.documents.contains(&name) || !checker.names.forms.insert(name.clone()) {
        checker.mistake(row.name.span(), "this name stands twice", "give the form another name");
    }
    WaitingForm { name, client: checker.person(&row.client) }
}

/// A scenario that asks nothing, or expects nothing, could never fail.
fn asks_and_expects(text: &ScenarioText, checker: &mut ScenarioChecker<'_>) {
    if text.step.is_empty() {
        checker.mistake(text.id.span(), "no step: it could never fail", "add a [[step]]");
    }
    if text.expect.is_empty() {
        checker.mistake(text.id.span(), "no expectation: it could hardly fail", "add an [[expect]]");
    }
}

/// Each requirement that the scenario claims can be found broken, by an expectation or by the rules of actions and messages.
fn claims_are_judged(text: &ScenarioText, expectations: &[Expectation], checker: &mut ScenarioChecker<'_>) {
    let of_actions = action::rules().flat_map(|rule| rule.codes.iter().copied());
    let codes: BTreeSet<FindingCode> = expectations.iter().flat_map(Expectation::codes).chain(of_actions).collect();
    let reached: BTreeSet<&str> =
        codes.iter().map(|code| checker.context.catalogue.finding(*code).requirement.as_str()).collect();
    let by_messages =
        text.step.iter().filter_map(|step| Action::named(step.action.get_ref())).any(Action::makes_message);
    for requirement in text.requirements.iter().filter(|row| !reached.contains(row.get_ref().as_str())) {
        if !by_messages {
            let title = format!("nothing here could find {} broken", requirement.get_ref());
            checker.mistake(requirement.span(), title, "add an [[expect]], or do not claim it");
        }
    }
}
