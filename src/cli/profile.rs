//! `kantakoe profile`: prints a profile that ships, or lists them.

use super::args::ProfileArguments;
use super::command_error::CommandError;
use super::console::say;
use super::exit_code::ExitCode;
use crate::profile::{Profile, named};

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

/// Name and version of each that ships.
fn titles() -> Result<Vec<String>, CommandError> {
    let title = |file| Profile::read(file).map(|profile| profile.title()).map_err(CommandError::usage);
    Profile::shipped().iter().map(title).collect()
}
