//! What all parts of the check of a scenario share: its mistakes so far, and the names that lead somewhere.

use std::collections::BTreeSet;

use toml::Spanned;

use crate::domain::Controller;
use crate::rule::expectation::ScenarioNames;
use crate::rule::{Catalogue, FindingCode};
use crate::source::{Diagnostic, Diagnostics, SourceFile, Span, suggestion};

/// What a scenario is checked against.
#[derive(Debug, Clone, Copy)]
pub struct CheckContext<'a> {
    pub catalogue: &'a Catalogue,
}

/// Collects mistakes in one file and knows the names that lead somewhere.
pub(super) struct ScenarioChecker<'a> {
    pub file: &'a SourceFile,
    pub context: CheckContext<'a>,
    pub mistakes: Diagnostics,
    pub persons: BTreeSet<String>,
    pub names: ScenarioNames,
}

impl<'a> ScenarioChecker<'a> {
    /// A checker for one file.
    pub fn new(file: &'a SourceFile, context: CheckContext<'a>) -> Self {
        let (mistakes, persons, names) = (Diagnostics::default(), BTreeSet::new(), ScenarioNames::default());
        Self { file, context, mistakes, persons, names }
    }
}

impl ScenarioChecker<'_> {
    /// Notes what is wrong at `span`, and what to do about it.
    pub fn mistake(&mut self, span: Span, title: impl Into<String>, hint: impl Into<String>) {
        self.mistakes.push(Diagnostic::new(self.file, span, title, hint));
    }

    /// The value of `known` that `said` names. Another name is a mistake, and `None`.
    pub fn one_of<T: Copy>(&mut self, what: &str, said: &Spanned<String>, known: &[(&str, T)]) -> Option<T> {
        let found = known.iter().find(|(name, _)| name == said.get_ref()).map(|(_, value)| *value);
        if found.is_none() {
            let hint = suggestion(said.get_ref(), known.iter().map(|(name, _)| *name));
            self.mistake(said.span(), format!("unknown {what} `{}`", said.get_ref()), hint);
        }
        found
    }

    /// The finding with this code.
    pub fn finding(&mut self, code: &Spanned<String>) -> Option<FindingCode> {
        let known = code.get_ref().parse().ok();
        if known.is_none() {
            let title = format!("unknown finding `{}`", code.get_ref());
            self.mistake(code.span(), title, "`kantakoe explain --list` prints them all");
        }
        known
    }

    /// The name of a person of the scenario; an unknown one is a mistake.
    pub fn person(&mut self, name: &Spanned<String>) -> String {
        if !self.persons.contains(name.get_ref()) {
            let title = format!("unknown person `{}`", name.get_ref());
            self.mistake(name.span(), title, "add it as a [[person]]");
        }
        name.get_ref().clone()
    }

    /// A specific document type, whose general type is its number without the last three digits.
    pub fn document_type(&mut self, code: &Spanned<String>) -> String {
        let text = code.get_ref();
        if !(4..=5).contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.mistake(code.span(), format!("`{text}` is not a specific document type"), "write it like 19005");
        }
        text.clone()
    }

    /// The name of a document of the scenario; an unknown one is a mistake.
    pub fn document(&mut self, name: &Spanned<String>) -> String {
        if !self.names.documents.contains(name.get_ref()) {
            let title = format!("unknown document `{}`", name.get_ref());
            self.mistake(name.span(), title, "name a [[given]] document, or an earlier step that makes one");
        }
        name.get_ref().clone()
    }

    /// The name of an earlier step, which `hint` tells what to do.
    pub fn earlier_step(&mut self, name: &Spanned<String>, hint: &str) -> String {
        if !self.names.steps.contains(name.get_ref()) {
            self.mistake(name.span(), format!("unknown step `{}`", name.get_ref()), hint);
        }
        name.get_ref().clone()
    }

    /// The controller that is said; the system's own organisation where none is.
    pub fn controller(&mut self, said: Option<&Spanned<String>>) -> Controller {
        let known = Controller::ALL.map(|one| (one.name(), one));
        said.and_then(|said| self.one_of("controller", said, &known)).unwrap_or_default()
    }
}
