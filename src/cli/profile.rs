//! `kantakoe profile`: prints the built-in profile.

use super::console::say;
use super::exit_code::ExitCode;
use crate::scenario::built_in_profile;

/// Prints it, ready to be changed and named in a configuration.
pub(super) fn profile() -> ExitCode {
    say(built_in_profile().text.trim_end());
    ExitCode::Pass
}
