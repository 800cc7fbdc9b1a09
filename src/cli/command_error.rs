//! What stops a subcommand before its work is done, and the one way from there to an exit code.

use super::console::tell;
use super::exit_code::ExitCode;

/// What stops a subcommand, with the code to end with.
#[derive(Debug)]
pub(super) struct CommandError(pub ExitCode, pub String);

impl CommandError {
    /// The user's file or argument is wrong.
    pub fn usage(text: impl std::fmt::Display) -> Self {
        Self(ExitCode::Usage, text.to_string())
    }

    /// Something on this machine is in the way.
    pub fn configuration(text: impl std::fmt::Display) -> Self {
        Self(ExitCode::Configuration, format!("error: {text}"))
    }
}

/// The code that a subcommand ends with; what stopped it is told.
pub(super) fn ended(work: Result<ExitCode, CommandError>) -> ExitCode {
    work.unwrap_or_else(|CommandError(code, text)| {
        tell(text.trim_end());
        code
    })
}
