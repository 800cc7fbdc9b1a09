//! What is wrong in a text that a person wrote, and its one renderer.

use std::fmt;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::{Position, SourceFile, Span};

/// One mistake: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file it is in.
    pub file: SourceFile,
    /// The bytes it concerns.
    pub span: Span,
    /// What is wrong: a lower-case fragment.
    pub title: String,
    /// What to do about it.
    pub hint: String,
}

impl Diagnostic {
    /// A mistake at `span` of `file`.
    pub fn new(file: &SourceFile, span: Span, title: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { file: file.clone(), span, title: title.into(), hint: hint.into() }
    }

    /// Where it starts.
    pub fn position(&self) -> Position {
        Position::of(&self.file.text, self.span.start)
    }

    /// The text that a person reads, without colour: file, line, column, the line itself, the hint.
    pub fn render(&self) -> String {
        let text = &self.file.text;
        let end = self.span.end.min(text.len());
        let start = self.span.start.min(end);
        let snippet =
            Snippet::source(&**text).path(&*self.file.name).annotation(AnnotationKind::Primary.span(start..end));
        let group = Level::ERROR
            .primary_title(self.title.as_str())
            .element(snippet)
            .element(Level::HELP.message(self.hint.as_str()));
        Renderer::plain().render(&[group])
    }
}

/// All mistakes found in what a person wrote; never empty when it travels as an error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    /// `value` when nothing was found, else the mistakes.
    ///
    /// # Errors
    /// The mistakes themselves.
    pub fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }

    /// Adds one mistake.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, diagnostic) in self.0.iter().enumerate() {
            if number > 0 {
                writeln!(out)?;
            }
            writeln!(out, "{}", diagnostic.render())?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
