//! What the program's parts tell of their work beside their results: on stderr, warnings and errors unless the
//! environment asks for more.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use super::command_error::CommandError;

/// The variable that says how much is told, as `debug` or `kantakoe::kanta=trace`.
const VARIABLE: &str = "KANTAKOE_LOG";

/// Begins to tell.
///
/// # Errors
/// When the variable cannot be read.
pub(super) fn start() -> Result<(), CommandError> {
    let filter = EnvFilter::builder().with_default_directive(LevelFilter::WARN.into()).with_env_var(VARIABLE);
    let filter = filter.from_env().map_err(|error| {
        CommandError::usage(format!("error: {VARIABLE} cannot be read: {error}\nhint: write a level, as warn or debug"))
    })?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Where something tells already, it goes on.
    let _ = log.with_ansi(std::io::stderr().is_terminal()).try_init();
    Ok(())
}
