//! `kantakoe reference`: the reference system as a process of its own.

use super::args::ReferenceArguments;
use super::command_error::CommandError;
use super::console::say;
use super::exit_code::ExitCode;
use super::logging;
use super::run_system::{codes, known_names, settings_for};
use crate::pki::built_in::ORGANISATION;
use crate::reference::{self, Fault, IdentityFiles, LogOutlet};

/// Lists the faults, or serves until it is stopped.
///
/// # Errors
/// What is wrong with the arguments or the identities, or in the way on this machine.
pub(super) async fn reference(arguments: ReferenceArguments) -> Result<ExitCode, CommandError> {
    if arguments.list_faults {
        say(&faults());
        return Ok(ExitCode::Pass);
    }
    logging::start()?;
    serve(arguments).await.map(|()| ExitCode::Pass)
}

fn faults() -> String {
    let width = Fault::all().map(|fault| fault.name().len()).max().unwrap_or(0);
    let line = |fault: Fault| format!("{:width$}  {}", fault.name(), fault.describe());
    Fault::all().map(line).collect::<Vec<_>>().join("\n")
}

async fn serve(arguments: ReferenceArguments) -> Result<(), CommandError> {
    let names = known_names(arguments.fault.as_deref(), arguments.variant.as_deref())?;
    let folder = arguments.identities.unwrap_or_default();
    let identities = IdentityFiles::read(&folder).map_err(CommandError::configuration)?;
    let urls = (arguments.archive.unwrap_or_default(), arguments.fhir.unwrap_or_default());
    let oid = std::env::var("KANTAKOE_ORGANISATION").unwrap_or_else(|_| ORGANISATION.0.to_owned());
    let mut settings = settings_for(urls, identities, (&oid, ORGANISATION.1), names, arguments.seed);
    settings.codes = codes(arguments.codes.as_deref())?;
    settings.log_outlet =
        LogOutlet { file: arguments.export_log, format: arguments.export_format.into(), url: arguments.push_log };
    settings.bind = arguments.bind;
    let running = reference::start(settings).await.map_err(CommandError::configuration)?;
    say(&format!("driver API at http://{}", running.address));
    // Without a signal handler the process ends at once, which is as good.
    let _ = tokio::signal::ctrl_c().await;
    running.stop().await;
    Ok(())
}
