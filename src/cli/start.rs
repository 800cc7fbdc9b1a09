//! Reads the arguments and hands over to the subcommand.

use clap::Parser;

use super::args::{Arguments, Command};
use super::command_error::{CommandError, ended};
use super::exit_code::ExitCode;
use super::{
    archivist, check, disclosure_log, endpoint, explain, persons, pki, profile, reference, run, sample, scenarios,
};

/// Runs the program.
pub fn start() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::Usage } else { ExitCode::Pass };
        }
    };
    match arguments.command {
        Command::Run(arguments) => in_runtime(run::run(arguments)),
        Command::Reference(arguments) => in_runtime(reference::reference(arguments)),
        Command::Endpoint(arguments) => in_runtime(endpoint::endpoint(arguments)),
        Command::Archivist(arguments) => in_runtime(archivist::archivist(arguments)),
        Command::DisclosureLog(arguments) => ended(disclosure_log::disclosure_log(&arguments)),
        Command::Check(arguments) => check::check(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Scenarios(arguments) => scenarios::scenarios(&arguments),
        Command::Sample(arguments) => sample::sample(&arguments),
        Command::Profile(arguments) => ended(profile::profile(&arguments)),
        Command::Pki(arguments) => ended(pki::pki(&arguments)),
        Command::Persons(arguments) => persons::persons(&arguments),
    }
}

fn in_runtime(work: impl Future<Output = Result<ExitCode, CommandError>>) -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let threads =
        |error| CommandError(ExitCode::Error, format!("error: the program cannot start its threads: {error}"));
    ended(runtime.map_err(threads).and_then(|runtime| runtime.block_on(work)))
}
