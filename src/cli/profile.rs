//! `kantakoe profile`: prints a profile that ships, or lists them.

use std::path::Path;

use super::args::ProfileArguments;
use super::command_error::CommandError;
use super::console::say;
use super::exit_code::ExitCode;
use crate::files::{FileError, read_text};
use crate::profile::{Profile, named};
use crate::source::{Diagnostics, SourceFile};

/// Prints one, ready to be changed and named in a configuration.
///
/// # Errors
/// When none is called so.
pub(super) fn profile(arguments: &ProfileArguments) -> Result<ExitCode, CommandError> {
    if arguments.list {
        say(&titles()?.join("\n"));
        return Ok(ExitCode::Pass);
    }
    let shipped = Profile::shipped();
    let file = match &arguments.title {
        None => shipped.first(),
        Some(title) => named(&shipped, title),
    };
    let Some(file) = file else {
        let title = arguments.title.as_deref().unwrap_or_default();
        let told = format!("error: no profile {title}\nhint: one of {}", titles()?.join(", "));
        return Err(CommandError::usage(told));
    };
    say(file.text.trim_end());
    Ok(ExitCode::Pass)
}

/// Why the profile that `--profile` names cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum ProfileError {
    /// None that ships is called so, and no such file can be read.
    #[error("error: {0}\nhint: `kantakoe profile --list` lists the profiles that ship; any other is a file")]
    File(#[from] FileError),
    /// Its text has mistakes.
    #[error("{0}")]
    Text(#[from] Diagnostics),
}

/// The profile that `--profile` names, and its file: one that ships, or a path; the built-in one where it names none.
///
/// # Errors
/// `File` or `Text`.
pub(super) fn chosen(said: Option<&str>) -> Result<(Profile, SourceFile), ProfileError> {
    let file = match said {
        None => Profile::built_in(),
        Some(said) => match named(&Profile::shipped(), said) {
            Some(file) => file.clone(),
            None => read_text(Path::new(said))?,
        },
    };
    Ok((Profile::read(&file)?, file))
}

/// Name and version of each that ships.
fn titles() -> Result<Vec<String>, CommandError> {
    let title = |file| Profile::read(file).map(|profile| profile.title()).map_err(CommandError::usage);
    Profile::shipped().iter().map(title).collect()
}
