//! The program's way from arguments to its exit code.

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use super::arguments::{Arguments, Command};
use super::console::say_wrong;
use super::error::CommandError;
use super::{backup, check_log, link, sample, serve};
use crate::clock::Clock;
use crate::sample::Size;
use crate::settings::Settings;

/// Does what the command line says.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env();
    let filter = filter.unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say_wrong(&format!("error: {error}"));
            ExitCode::from(error.exit_code())
        }
    }
}

fn run(arguments: Arguments) -> Result<(), CommandError> {
    let settings = settings(arguments.settings.as_deref())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| CommandError::System("the runtime".to_owned(), error))?;
    runtime.block_on(async {
        match arguments.command {
            None | Some(Command::Serve) => serve::run(settings, arguments.sample).await,
            Some(Command::Backup { file }) => backup::backup(&settings, &file),
            Some(Command::Restore { file }) => backup::restore(&settings, &file).await,
            Some(Command::Link { login }) => link::run(settings, &login).await,
            Some(Command::Fill { customers, contacts, log }) => {
                let size = Size { customers, contacts, log };
                sample::run(&settings.store_url, size, Clock::default().now()).await
            }
            Some(Command::CheckLog) => check_log::run(&settings).await,
        }
    })
}

fn settings(file: Option<&Path>) -> Result<Settings, CommandError> {
    let Some(file) = file else { return Ok(Settings::without_file(Path::new("."))) };
    let text = std::fs::read_to_string(file)
        .map_err(|error| CommandError::Settings(format!("{}: {error}", file.display())))?;
    let folder = file.parent().unwrap_or(Path::new("."));
    Settings::read(&text, folder).map_err(|error| CommandError::Settings(format!("{}: {error}", file.display())))
}
