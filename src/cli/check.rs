//! `kantakoe check`: judges message files without a run.

mod files;
mod kind;
mod notice;
mod shown;
mod use_log;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;

use self::files::{CheckError, Checked};
use self::kind::FileKind;
use super::args::CheckArguments;
use super::console::{say, tell};
use super::exit_code::ExitCode;
use super::library;
use super::profile::chosen;
use crate::domain::Severity;
use crate::evidence::Caller;
use crate::files::load_document_schemas;
use crate::files::read_text;
use crate::profile::Profile;
use crate::reading::{ArchiveReading, read_pair};
use crate::report::Texts;
use crate::rule::message::{ArchiveContext, judge};
use crate::rule::{Catalogue, Finding, Strictness};
use crate::state::UnknownArchive;
use crate::wire::Part;
use crate::wire::use_log::{LogForm, Mapping};

/// Prints what is wrong with the files. `Pass` when nothing fails, `Fail` when something does, `Usage`
/// for a wrong command line or a file that is not what it should be, `Configuration` for a file that
/// cannot be read.
pub(super) fn check(arguments: &CheckArguments) -> ExitCode {
    match checked(arguments) {
        Ok((checked, findings)) => {
            let texts = Texts::of(arguments.lang);
            let text = if arguments.json {
                shown::json(&checked, &findings, texts)
            } else {
                shown::plain(&checked, &findings, texts)
            };
            say(text.trim_end());
            let fails = findings.iter().any(|finding| finding.severity == Severity::Fail);
            if fails { ExitCode::Fail } else { ExitCode::Pass }
        }
        Err(error) => {
            let text = error.to_string();
            // Mistakes in a text that a person wrote say so themselves.
            tell(&if text.starts_with("error: ") { text } else { format!("error: {text}") });
            error.exit_code()
        }
    }
}

/// The form of the use log at `path`.
///
/// # Errors
/// When it cannot be read, or is none.
pub(super) fn log_form(path: &Path) -> Result<LogForm, CheckError> {
    match kind::of(path)? {
        FileKind::UseLog(form) => Ok(form),
        FileKind::Message | FileKind::Notice => Err(CheckError::NoLog(path.to_owned())),
    }
}

fn checked(arguments: &CheckArguments) -> Result<(Checked, Vec<Finding>), CheckError> {
    let catalogue = library::catalogue().map_err(CheckError::BuiltIn)?;
    let strictness = if arguments.strict { Strictness::Fail } else { Strictness::Warn };
    if let Some(path) = &arguments.mapping {
        let mapping = Mapping::read(&read_text(path)?).map_err(CheckError::Mapping)?;
        return use_log::checked(arguments, &LogForm::Csv(Box::new(mapping)), &catalogue, strictness);
    }
    match kind::of(&arguments.frame)? {
        FileKind::UseLog(form) => use_log::checked(arguments, &form, &catalogue, strictness),
        FileKind::Notice => notice::checked(arguments, &catalogue, strictness),
        FileKind::Message => message(arguments, &catalogue, strictness),
    }
}

fn message(
    arguments: &CheckArguments,
    catalogue: &Catalogue,
    strictness: Strictness,
) -> Result<(Checked, Vec<Finding>), CheckError> {
    let (profile, _) = chosen(arguments.profile.as_deref())?;
    let schemas = load_document_schemas(arguments.document_schemas.as_deref())?;
    let trust = files::trust(arguments.trust.as_deref())?;
    let reading = reading(&arguments.frame, arguments.document.as_deref(), &profile)?;
    let context = ArchiveContext {
        profile: &profile,
        catalogue,
        strictness,
        schemas: &schemas,
        trust: &trust,
        caller: &Caller::default(),
        known: &UnknownArchive,
        now: Timestamp::now(),
    };
    let checked = Checked {
        frame: arguments.frame.clone(),
        document: arguments.document.clone(),
        operation: Some(reading.operation(&profile)),
        part: if reading.is_document_alone() { Part::Document } else { Part::Frame },
        entries: None,
        counts: BTreeMap::new(),
    };
    Ok((checked, judge(&reading, &context, None)))
}

fn reading(frame: &Path, document: Option<&Path>, profile: &Profile) -> Result<ArchiveReading, CheckError> {
    let most = profile.limits.body_bytes as u64;
    let document = document.map(|path| files::bytes(path, most)).transpose()?;
    Ok(read_pair(&files::bytes(frame, most)?, document.as_deref(), &profile.limits.reading()))
}
