//! What every part of the configuration is checked with: its file, its folder, the mistakes so far.

use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::Spanned;

use super::value;
use crate::source::{Diagnostic, Diagnostics, SourceFile, Span};

pub(super) const FROM_HERE: &str = "paths count from the folder of this file";

/// Collects the mistakes of one configuration file.
pub(super) struct ConfigurationChecker<'a> {
    pub file: &'a SourceFile,
    pub folder: &'a Path,
    pub scenarios: &'a [&'a str],
    pub mistakes: Diagnostics,
}

impl ConfigurationChecker<'_> {
    /// Notes what is wrong at `span`, and what to do about it.
    pub fn mistake(&mut self, span: Span, title: impl Into<String>, hint: impl Into<String>) {
        self.mistakes.push(Diagnostic::new(self.file, span, title, hint));
    }

    /// A path as the file means it: from the folder of the file.
    pub fn path(&self, said: &Spanned<String>) -> PathBuf {
        self.folder.join(said.get_ref())
    }

    /// A file that has to be there.
    pub fn existing(&mut self, said: Option<&Spanned<String>>) -> Option<PathBuf> {
        let said = said?;
        let path = self.path(said);
        if !path.is_file() {
            self.mistake(said.span(), format!("no file {}", path.display()), FROM_HERE);
        }
        Some(path)
    }

    /// A PEM file of certificates.
    pub fn certificates(&mut self, said: Option<&Spanned<String>>) -> Option<PathBuf> {
        let said = said?;
        let path = self.path(said);
        match value::certificates(&path) {
            Err(value::CertificatesError::File(error)) => self.mistake(said.span(), error.to_string(), FROM_HERE),
            Err(error) => {
                let title = format!("{}: {error}", path.display());
                self.mistake(said.span(), title, "name a PEM file of certificates");
            }
            Ok(()) => {}
        }
        Some(path)
    }

    /// Reports what `check` finds wrong with a text.
    pub fn checked(&mut self, said: &Spanned<String>, check: fn(&str) -> Result<(), value::Mistake>) -> String {
        if let Err((title, hint)) = check(said.get_ref()) {
            self.mistake(said.span(), title, hint);
        }
        said.get_ref().clone()
    }

    /// The value that the name stands for; a name that is none of the choices is a mistake.
    pub fn choice<T: Copy>(&mut self, said: Option<&Spanned<String>>, choices: &[(&str, T)], default: T) -> T {
        let Some(said) = said else { return default };
        if let Some((_, value)) = choices.iter().find(|(name, _)| name == said.get_ref()) {
            return *value;
        }
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        self.mistake(
            said.span(),
            format!("{} is none of the choices", said.get_ref()),
            format!("one of {}", names.join(", ")),
        );
        default
    }

    /// A time from 1 to 86,400 seconds; any other is a mistake.
    pub fn seconds(&mut self, said: Option<&Spanned<u64>>, default: u64) -> Duration {
        let seconds = said.map_or(default, |said| *said.get_ref());
        if let Some(said) = said.filter(|_| seconds == 0 || seconds > 86_400) {
            self.mistake(said.span(), "a time from 1 to 86400 seconds is meant", "mend the number");
        }
        Duration::from_secs(seconds)
    }
}
