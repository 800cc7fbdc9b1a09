//! `kantakoe check`: judges files without a run.

mod shown;

use jiff::Timestamp;

use super::args::CheckArguments;
use super::console::{say, tell};
use super::exit_code::ExitCode;
use super::library;
use crate::check::{CheckError, CheckRequest, Checked, LogFileError, judge};
use crate::domain::Severity;
use crate::files::ProfileError;
use crate::report::Texts;
use crate::rule::{Finding, Strictness};

/// Prints what is wrong with the files. `Pass` when nothing fails, `Fail` when something does, `Usage`
/// for a wrong command line or a file that is not what it should be, `Configuration` for a file that
/// cannot be read.
pub(super) fn check(arguments: &CheckArguments) -> ExitCode {
    let catalogue = match library::catalogue() {
        Ok(catalogue) => catalogue,
        Err(mistakes) => return refused(&mistakes.to_string(), ExitCode::Error),
    };
    match judge(&request(arguments), &catalogue) {
        Ok((checked, findings)) => printed(arguments, &checked, &findings),
        Err(error) => refused(&error.to_string(), exit_code(&error)),
    }
}

fn request(arguments: &CheckArguments) -> CheckRequest<'_> {
    CheckRequest {
        frame: &arguments.frame,
        document: arguments.document.as_deref(),
        strictness: if arguments.strict { Strictness::Fail } else { Strictness::Warn },
        trust: arguments.trust.as_deref(),
        document_schemas: arguments.document_schemas.as_deref(),
        mapping: arguments.mapping.as_deref(),
        evidence: arguments.evidence.as_deref(),
        profile: arguments.profile.as_deref(),
        now: Timestamp::now(),
    }
}

fn printed(arguments: &CheckArguments, checked: &Checked, findings: &[Finding]) -> ExitCode {
    let texts = Texts::of(arguments.lang);
    let write = if arguments.json { shown::json } else { shown::plain };
    say(write(checked, findings, texts).trim_end());
    let fails = findings.iter().any(|finding| finding.severity == Severity::Fail);
    if fails { ExitCode::Fail } else { ExitCode::Pass }
}

/// Mistakes in a text that a person wrote say themselves that they are errors.
fn refused(text: &str, code: ExitCode) -> ExitCode {
    let begins = if text.starts_with("error: ") { "" } else { "error: " };
    tell(&format!("{begins}{text}"));
    code
}

fn exit_code(error: &CheckError) -> ExitCode {
    match error {
        CheckError::Log(LogFileError::File(_)) | CheckError::Profile(ProfileError::File(_)) => ExitCode::Configuration,
        CheckError::File(_) | CheckError::Evidence(_) => ExitCode::Configuration,
        CheckError::Log(LogFileError::Columns(_)) | CheckError::Profile(ProfileError::Text(_)) => ExitCode::Usage,
        CheckError::Trust { .. } | CheckError::Mapping(_) | CheckError::NoLog(_) => ExitCode::Usage,
        CheckError::Schemas(error) => ExitCode::from(error),
    }
}
