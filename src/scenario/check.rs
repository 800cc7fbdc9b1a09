//! Checks a scenario before anything runs: it refuses what could never pass and what could never fail.

use std::collections::BTreeSet;

use toml::Spanned;

use super::check_expect::expectation;
use super::check_step::step;
use super::declared::declared;
use super::model::{Controller, DocumentKind, GivenDocument, GivenPerson, Scenario, WaitingForm, WrongCode};
use super::text::{GivenText, PersonText, ScenarioText, WaitingFormText};
use super::{AREAS, Action};
use crate::rule::Catalogue;
use crate::rule::expectation::{EndsIn, Expectation};
use crate::source::{Diagnostic, Diagnostics, Position, SourceFile, Span, read_toml};

/// What a scenario is checked against.
#[derive(Debug, Clone, Copy)]
pub struct CheckContext<'a> {
    /// Requirements and findings.
    pub catalogue: &'a Catalogue,
    /// Names of the faults that the simulated Kanta can play.
    pub faults: &'a [&'a str],
}

/// Collects mistakes in one file and knows the names that lead somewhere.
pub(super) struct Checker<'a> {
    pub file: &'a SourceFile,
    pub context: CheckContext<'a>,
    pub mistakes: Diagnostics,
    pub persons: BTreeSet<String>,
    pub documents: BTreeSet<String>,
    pub steps: BTreeSet<String>,
    pub forms: BTreeSet<String>,
}

impl Checker<'_> {
    pub fn mistake(&mut self, span: Span, title: impl Into<String>, hint: impl Into<String>) {
        self.mistakes.push(Diagnostic::new(self.file, span, title, hint));
    }

    /// `name`, when it is one of the finding codes.
    pub fn finding(&mut self, code: &Spanned<String>) -> String {
        if self.context.catalogue.get_finding(code.get_ref()).is_none() {
            self.mistake(
                code.span(),
                format!("no finding {}", code.get_ref()),
                "`kantakoe explain --list` prints them all",
            );
        }
        code.get_ref().clone()
    }

    pub fn person(&mut self, name: &Spanned<String>) -> String {
        if !self.persons.contains(name.get_ref()) {
            let title = format!("no person {}", name.get_ref());
            self.mistake(name.span(), title, "add it as a [[person]]");
        }
        name.get_ref().clone()
    }

    /// A specific document type, whose general type is its number without the last three digits.
    pub fn document_type(&mut self, code: &Spanned<String>) -> String {
        let text = code.get_ref();
        if !(4..=5).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.mistake(code.span(), format!("{text} is no specific document type"), "write it like 19005");
        }
        text.clone()
    }

    pub fn document(&mut self, name: &Spanned<String>) -> String {
        if !self.documents.contains(name.get_ref()) {
            let title = format!("no document {} so far", name.get_ref());
            self.mistake(name.span(), title, "name a [[given]] document, or an earlier step that makes one");
        }
        name.get_ref().clone()
    }
}

/// The scenario in `file`, checked whole.
///
/// # Errors
/// Every mistake in it, with its place.
pub fn check(file: &SourceFile, context: CheckContext<'_>) -> Result<Scenario, Diagnostics> {
    let text: ScenarioText = read_toml(file, "docs/scenarios.md shows every member")?;
    let mut checker = Checker {
        file,
        context,
        mistakes: Diagnostics::default(),
        persons: BTreeSet::new(),
        documents: BTreeSet::new(),
        steps: BTreeSet::new(),
        forms: BTreeSet::new(),
    };
    let scenario = scenario(text, &mut checker);
    checker.mistakes.into_result(scenario)
}

fn scenario(text: ScenarioText, checker: &mut Checker<'_>) -> Scenario {
    identity(&text, checker);
    let persons: Vec<_> = text.person.iter().map(|row| person(row, checker)).collect();
    let given: Vec<_> = text.given.iter().map(|row| given(row, checker)).collect();
    let declared: Vec<_> = text.declared.iter().filter_map(|row| declared(row, checker)).collect();
    let waiting: Vec<_> = text.waiting_form.iter().map(|row| waiting(row, checker)).collect();
    let mut expectations: Vec<Expectation> = Vec::new();
    let mut steps = Vec::new();
    for row in &text.step {
        let (made, ends) = step(row, checker);
        expectations.push(Expectation::EndsIn(ends));
        steps.push(made);
    }
    for row in &text.expect {
        expectations.extend(expectation(row, checker));
    }
    worth_running(&text, &expectations, checker);
    Scenario {
        id: text.id.get_ref().clone(),
        area: text.area.get_ref().clone(),
        requirements: text.requirements.iter().map(|row| row.get_ref().clone()).collect(),
        title: text.title,
        purpose: text.purpose,
        source: format!("{}:{}", checker.file.name, Position::of(&checker.file.text, text.id.span().start).line),
        persons,
        given,
        declared,
        waiting,
        steps,
        expectations,
    }
}

fn identity(text: &ScenarioText, checker: &mut Checker<'_>) {
    let id = text.id.get_ref();
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        checker.mistake(
            text.id.span(),
            "the id is not in small letters, digits and hyphens",
            "write it like storage-matter",
        );
    }
    if !AREAS.contains(&text.area.get_ref().as_str()) {
        checker.mistake(
            text.area.span(),
            format!("no area {}", text.area.get_ref()),
            format!("one of {}", AREAS.join(", ")),
        );
    }
    for requirement in &text.requirements {
        if checker.context.catalogue.get_requirement(requirement.get_ref()).is_none() {
            let title = format!("no requirement {}", requirement.get_ref());
            checker.mistake(requirement.span(), title, "name one of catalogue/requirements.toml");
        }
    }
    for (language, words) in [("fi", &text.title.fi), ("sv", &text.title.sv), ("en", &text.title.en)] {
        if words.trim().is_empty() {
            checker.mistake(text.id.span(), format!("the title has no {language}"), "give it in all three languages");
        }
    }
}

fn person(row: &PersonText, checker: &mut Checker<'_>) -> GivenPerson {
    if !checker.persons.insert(row.name.get_ref().clone()) {
        checker.mistake(row.name.span(), "this person stands twice", "give one of them another name");
    }
    let wrong_code = row.wrong_code.as_ref().and_then(|wrong| match wrong.get_ref().as_str() {
        "control-character" => Some(WrongCode::ControlCharacter),
        other => {
            checker.mistake(
                wrong.span(),
                format!("no way {other} of being wrong"),
                "control-character is the one there is",
            );
            None
        }
    });
    GivenPerson { name: row.name.get_ref().clone(), wrong_code }
}

fn given(row: &GivenText, checker: &mut Checker<'_>) -> GivenDocument {
    let client = checker.person(&row.client);
    let kind = kind(&row.kind, checker);
    let above = above(row, kind, checker);
    let versions = row.versions.as_ref().map_or(1, |versions| *versions.get_ref());
    if versions == 0 || versions > 20 {
        let span = row.versions.as_ref().map_or_else(|| row.name.span(), Spanned::span);
        checker.mistake(span, "a document has 1 to 20 versions", "say how many there are");
    }
    if !checker.documents.insert(row.name.get_ref().clone()) {
        checker.mistake(row.name.span(), "this document stands twice", "give one of them another name");
    }
    GivenDocument {
        name: row.name.get_ref().clone(),
        client,
        kind,
        controller: controller(row.controller.as_ref(), checker),
        service_task: row.service_task.clone(),
        versions,
        nullified: row.nullified,
        above,
        document_type: given_type(row, kind, checker),
    }
}

fn kind(said: &Spanned<String>, checker: &mut Checker<'_>) -> DocumentKind {
    DocumentKind::ALL.into_iter().find(|kind| kind.name() == said.get_ref()).unwrap_or_else(|| {
        let hint = format!("one of {}", DocumentKind::ALL.map(DocumentKind::name).join(", "));
        checker.mistake(said.span(), format!("no kind of document {}", said.get_ref()), hint);
        DocumentKind::ClientDocument
    })
}

/// The given document that stands above this one.
fn above(row: &GivenText, kind: DocumentKind, checker: &mut Checker<'_>) -> Option<String> {
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
fn given_type(row: &GivenText, kind: DocumentKind, checker: &mut Checker<'_>) -> Option<String> {
    let said = row.document_type.as_ref()?;
    if !kind.is_of_any_type() {
        let title = format!("the type of {} is not open", kind.name());
        checker.mistake(said.span(), title, "remove it, or give a first-phase-document or an old-document");
    }
    Some(checker.document_type(said))
}

fn waiting(row: &WaitingFormText, checker: &mut Checker<'_>) -> WaitingForm {
    let name = row.name.get_ref().clone();
    if checker.documents.contains(&name) || !checker.forms.insert(name.clone()) {
        checker.mistake(row.name.span(), "this name stands twice", "give the form another name");
    }
    WaitingForm { name, client: checker.person(&row.client) }
}

/// The controller that is said; the system's own organisation where none is.
pub(super) fn controller(said: Option<&Spanned<String>>, checker: &mut Checker<'_>) -> Controller {
    let Some(said) = said else { return Controller::Own };
    match said.get_ref().as_str() {
        "own" => Controller::Own,
        "other" => Controller::Other,
        "organiser" => Controller::Organiser,
        wrong => {
            checker.mistake(said.span(), format!("no controller {wrong}"), "own, other or organiser");
            Controller::Own
        }
    }
}

fn worth_running(text: &ScenarioText, expectations: &[Expectation], checker: &mut Checker<'_>) {
    if text.step.is_empty() {
        checker.mistake(text.id.span(), "no step: it could never fail", "add a [[step]]");
    }
    if text.expect.is_empty() {
        checker.mistake(text.id.span(), "no expectation: it could hardly fail", "add an [[expect]]");
    }
    let codes: BTreeSet<&str> = expectations.iter().flat_map(Expectation::codes).collect();
    let reached: BTreeSet<&str> = codes
        .iter()
        .filter_map(|code| checker.context.catalogue.get_finding(code))
        .map(|kind| kind.requirement.as_str())
        .collect();
    let by_messages =
        text.step.iter().filter_map(|step| Action::named(step.action.get_ref())).any(Action::makes_message);
    for requirement in text.requirements.iter().filter(|row| !reached.contains(row.get_ref().as_str())) {
        if !by_messages {
            let title = format!("nothing here could find {} broken", requirement.get_ref());
            checker.mistake(requirement.span(), title, "add an [[expect]], or do not claim it");
        }
    }
}

impl EndsIn {
    /// What is expected where a step says nothing: that it succeeds.
    pub(super) fn succeeded(step: &str, action: Action) -> Self {
        let makes_document = action.makes_document() || action == Action::NullifyDocument;
        let (outcomes, finding) = (vec!["succeeded".to_owned()], "action-failed".to_owned());
        Self { step: step.to_owned(), outcomes, finding, makes_document }
    }
}
