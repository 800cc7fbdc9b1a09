//! Checks where the use log comes from.

use toml::Spanned;

use super::checker::{ConfigurationChecker, FROM_HERE};
use super::settings::UseLogChoice;
use super::text::UseLogText;
use super::value;
use crate::files::read_text;
use crate::wire::use_log::Mapping;

/// Seconds that entries may take.
const PATIENCE: u64 = 5;

#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Driver,
    File,
    Push,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Json,
    Csv,
}

/// Where the log comes from.
pub(super) fn choice(text: &UseLogText, checker: &mut ConfigurationChecker<'_>) -> UseLogChoice {
    let ways = [("driver", From::Driver), ("file", From::File), ("push", From::Push)];
    let formats = [("jsonl", Format::Json), ("fhir", Format::Json), ("csv", Format::Csv)];
    let from = checker.choice(text.from.as_ref(), &ways, From::Driver);
    let format = checker.choice(text.format.as_ref(), &formats, Format::Json);
    let patience = checker.seconds(text.seconds.as_ref(), PATIENCE);
    let mapping = mapping(text, format, checker);
    if from != From::File {
        strangers(text, checker);
    }
    match (from, &text.path) {
        (From::Driver, _) => UseLogChoice::Driver,
        (From::Push, _) => UseLogChoice::Push { patience },
        (From::File, Some(said)) => {
            checker.checked(said, value::filled);
            UseLogChoice::File { path: checker.path(said), mapping, patience }
        }
        (From::File, None) => {
            let span = text.from.as_ref().map(Spanned::span).unwrap_or_default();
            checker.mistake(span, "path is missing", "add path = \"use-log.jsonl\", the file that the system writes");
            UseLogChoice::Driver
        }
    }
}

fn mapping(text: &UseLogText, format: Format, checker: &mut ConfigurationChecker<'_>) -> Option<Box<Mapping>> {
    match (&text.mapping, &text.format) {
        (Some(said), _) if format == Format::Csv => read(said, checker),
        (Some(said), _) => {
            checker.mistake(said.span(), "only a log in CSV has a mapping", "add format = \"csv\", or remove mapping");
            None
        }
        (None, Some(said)) if format == Format::Csv => {
            checker.mistake(said.span(), "a log in CSV needs a mapping", "add mapping = \"log-mapping.toml\"");
            None
        }
        _ => None,
    }
}

fn read(said: &Spanned<String>, checker: &mut ConfigurationChecker<'_>) -> Option<Box<Mapping>> {
    let file = match read_text(&checker.path(said)) {
        Ok(file) => file,
        Err(error) => {
            checker.mistake(said.span(), error.to_string(), FROM_HERE);
            return None;
        }
    };
    match Mapping::read(&file) {
        Ok(mapping) => Some(Box::new(mapping)),
        Err(mistakes) => {
            checker.mistakes.0.extend(mistakes.0);
            None
        }
    }
}

/// Whoever names a file expects that it is read.
fn strangers(text: &UseLogText, checker: &mut ConfigurationChecker<'_>) {
    for said in [&text.path, &text.format, &text.mapping].into_iter().flatten() {
        checker.mistake(said.span(), "only a log from a file has this", "add from = \"file\", or remove it");
    }
}
