//! The command line: arguments, exit codes, one file a subcommand. The only room that writes to stdout.

mod archivist;
mod args;
mod check;
mod client_tls;
mod command_error;
mod console;
mod digest;
mod disclosure_log;
mod endpoint;
mod exit_code;
mod explain;
mod library;
mod logging;
mod persons;
mod pki;
mod profile;
mod reference;
mod run;
mod run_parts;
mod run_selection;
mod run_system;
mod sample;
mod scenarios;
mod start;

pub use exit_code::ExitCode;
pub use start::start;
