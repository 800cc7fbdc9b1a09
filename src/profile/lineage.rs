//! The texts that a profile is read from: its own, and those of the shipped versions that it extends.

use super::shipped::named;
use crate::source::{Diagnostic, Diagnostics, SourceFile, Span, read_toml};

/// A profile's own file first, then what it extends, down to a version that extends nothing.
#[derive(Debug)]
pub(super) struct Lineage {
    files: Vec<SourceFile>,
}

/// What a file says of itself.
#[derive(serde::Deserialize)]
struct Head {
    name: toml::Spanned<String>,
    version: toml::Spanned<String>,
    extends: Option<toml::Spanned<String>>,
}

impl Lineage {
    /// The texts of the profile in `file`, where `shipped` are the versions that ship.
    ///
    /// # Errors
    /// It is no TOML or has no name; it extends what does not ship; or it bears the name and version of one that
    /// ships and differs from it.
    pub fn of(file: &SourceFile, shipped: &[SourceFile]) -> Result<Self, Diagnostics> {
        let mut files = vec![file.clone()];
        let mut head: Head = read_toml(file, HINT)?;
        let title = format!("{} {}", head.name.get_ref(), head.version.get_ref());
        if named(shipped, &title).is_some_and(|one| one.text != file.text) {
            let told = format!("{title} is the name of a profile that ships, and this one differs from it");
            let span = head.name.span().start..head.version.span().end.max(head.name.span().end);
            return Err(one(Diagnostic::new(file, span, told, "give it a name and a version of its own")));
        }
        while let Some(extends) = head.extends {
            let own = files.last().unwrap_or(file).clone();
            let base = named(shipped, extends.get_ref()).filter(|_| files.len() <= shipped.len());
            let Some(base) = base else {
                let told = format!("no profile {} ships that could be extended", extends.get_ref());
                return Err(one(Diagnostic::new(&own, extends.span(), told, "`kantakoe profile --list` lists them")));
            };
            head = read_toml(base, HINT)?;
            files.push(base.clone());
        }
        Ok(Self { files })
    }

    /// The texts, the profile's own first, each with the place at which its bytes are counted from.
    pub fn texts(&self) -> impl DoubleEndedIterator<Item = (usize, &SourceFile)> {
        let starts = self.files.iter().scan(0, |next, file| {
            let start = *next;
            *next += file.text.len() + 1;
            Some(start)
        });
        starts.zip(&self.files).collect::<Vec<_>>().into_iter()
    }

    /// A mistake at `span`, counted over all texts.
    pub fn mistake(&self, span: Span, title: impl Into<String>, hint: &str) -> Diagnostic {
        let (start, file) = self.texts().rfind(|(start, _)| *start <= span.start).unwrap_or((0, &self.files[0]));
        Diagnostic::new(file, span.start - start..span.end.max(span.start) - start, title, hint)
    }

    /// A mistake where `needle` stands, in the first text that has it; a line break before it is not shown.
    pub fn at(&self, needle: &str, title: impl Into<String>, hint: &str) -> Diagnostic {
        let file = self.files.iter().find(|file| file.text.contains(needle)).unwrap_or(&self.files[0]);
        let line_end = needle.len() - needle.trim_start_matches('\n').len();
        let start = file.text.find(needle).map_or(0, |at| at + line_end);
        let end = (start + needle.len() - line_end).min(file.text.len());
        Diagnostic::new(file, start..end, title, hint)
    }

    /// Name and version of what it extends first, where it extends anything.
    pub fn base(&self) -> Option<&SourceFile> {
        self.files.get(1)
    }
}

/// What to do about a profile of another shape.
pub(super) const HINT: &str = "compare with the profile that `kantakoe profile` prints";

fn one(diagnostic: Diagnostic) -> Diagnostics {
    Diagnostics(vec![diagnostic])
}
