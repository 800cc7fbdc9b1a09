//! The members of one `[[expect]]`, their types right, as its kind reads them.

use std::collections::BTreeMap;

use super::Member;
use super::member::MemberValue;
use crate::source::{Diagnostic, Diagnostics, SourceFile, Span};

/// The members of one expectation, and the mistakes that its kind finds in them.
#[derive(Debug)]
pub struct MemberReader<'a> {
    file: &'a SourceFile,
    /// Place of the word after `see`.
    see: Span,
    values: BTreeMap<&'static str, (MemberValue, Span)>,
    mistakes: Diagnostics,
}

impl<'a> MemberReader<'a> {
    pub(super) fn new(file: &'a SourceFile, see: Span, values: BTreeMap<&'static str, (MemberValue, Span)>) -> Self {
        Self { file, see, values, mistakes: Diagnostics::default() }
    }

    /// The value of `member`; `None` where it stands not there.
    pub(super) fn get<T>(&self, member: &Member<T>) -> Option<T> {
        self.values.get(member.description.name).and_then(|(value, _)| (member.take)(value))
    }

    /// Notes a mistake at `member`, or at the word after `see` where the member stands not there.
    pub(super) fn mistake<T>(&mut self, member: &Member<T>, title: impl Into<String>, hint: impl Into<String>) {
        let span = self.values.get(member.description.name).map_or(&self.see, |(_, span)| span);
        self.mistakes.push(Diagnostic::new(self.file, span.clone(), title, hint));
    }

    /// Notes a mistake of the whole expectation, at the word after `see`.
    pub(super) fn mistake_of_all(&mut self, title: impl Into<String>, hint: impl Into<String>) {
        self.mistakes.push(Diagnostic::new(self.file, self.see.clone(), title, hint));
    }

    /// The mistakes that were noted.
    pub(super) fn into_mistakes(self) -> Diagnostics {
        self.mistakes
    }
}
