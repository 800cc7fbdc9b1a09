//! `kantakoe endpoint`: the simulated Kanta alone, for manual work.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::args::{EndpointArguments, TlsArgument};
use super::configuration::TlsChoice;
use super::console::{say, tell};
use super::exit_code::ExitCode;
use super::run::Stopped;
use super::run_parts::{endpoint_settings, trust};
use super::{identities, library};
use crate::evidence::Journal;
use crate::kanta::{Kanta, Settings};
use crate::profile::Profile;
use crate::rule::Strictness;

const ORGANISATION: (&str, &str) = ("1.2.246.10.99999991.10.0", "Näytealue");

/// Serves until it is stopped.
pub(super) async fn endpoint(arguments: EndpointArguments) -> ExitCode {
    match serve(arguments).await {
        Ok(()) => ExitCode::Pass,
        Err(Stopped(code, text)) => {
            tell(text.trim_end());
            code
        }
    }
}

async fn serve(arguments: EndpointArguments) -> Result<(), Stopped> {
    let temporary = tempfile::tempdir().map_err(Stopped::configuration)?;
    let folder = arguments.state.as_deref().unwrap_or(temporary.path());
    std::fs::create_dir_all(folder).map_err(|cause| {
        Stopped::configuration(format!("the state folder {} cannot be made: {cause}", folder.display()))
    })?;
    let settings = settings(&arguments, folder)?;
    let running = Kanta::start(settings).await.map_err(Stopped::configuration)?;
    say(&format!("archive     {}", running.archive_url()));
    say(&format!("FHIR root   {}", running.fhir_url()));
    if arguments.tls == TlsArgument::Mutual {
        say(&format!("identities  {}", folder.join("identities").display()));
    }
    say(&format!("evidence    {}", folder.join("journal").display()));
    // Without a signal handler the process ends at once, which is as good.
    let _ = tokio::signal::ctrl_c().await;
    running.stop().await;
    Ok(())
}

fn settings(arguments: &EndpointArguments, folder: &Path) -> Result<Settings, Stopped> {
    let catalogue = Arc::new(library::catalogue().map_err(Stopped::usage)?);
    let kept = identities::kept(&folder.join("identities"), ORGANISATION, &arguments.name, Timestamp::now());
    let identities = kept.map_err(Stopped::configuration)?;
    let choice = if arguments.tls == TlsArgument::Off { TlsChoice::Off } else { TlsChoice::Mutual };
    let journal = Journal::resume(&folder.join("journal"), None).map_err(Stopped::configuration)?;
    let profile = Arc::new(Profile::read(&Profile::built_in()).map_err(Stopped::usage)?);
    let parts = (profile, catalogue, trust(&identities, arguments.trust.as_deref())?);
    let mut settings = endpoint_settings(choice, &identities, parts, Arc::new(journal))?;
    settings.bind = arguments.bind;
    settings.strictness = if arguments.strict { Strictness::Fail } else { Strictness::Warn };
    settings.state.clone_from(&arguments.state);
    if let Some(name) = arguments.name.first() {
        settings.host.clone_from(name);
    }
    Ok(settings)
}
