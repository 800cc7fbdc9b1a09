//! `kantakoe endpoint`: the simulated Kanta alone, for manual work.

use std::path::PathBuf;
use std::sync::Arc;

use super::args::{EndpointArguments, LaneArgument, TlsArgument};
use super::command_error::CommandError;
use super::console::{say, tell};
use super::exit_code::ExitCode;
use super::{library, logging};
use crate::files::{chosen_profile, load_document_schemas, read_bytes};
use crate::kanta::{AloneSettings, Clock, Kanta, LaneBy, LaneSettings};
use crate::pki::built_in as identities;
use crate::rule::Strictness;
use crate::schema::DocumentSchemas;

const LARGEST_PEM: u64 = 1024 * 1024;

/// Serves until it is stopped.
///
/// # Errors
/// What is wrong with the arguments or the folder, or in the way on this machine.
pub(super) async fn endpoint(arguments: EndpointArguments) -> Result<ExitCode, CommandError> {
    logging::start()?;
    serve(arguments).await.map(|()| ExitCode::Pass)
}

async fn serve(arguments: EndpointArguments) -> Result<(), CommandError> {
    let temporary = tempfile::tempdir().map_err(CommandError::configuration)?;
    let folder = arguments.state.clone().unwrap_or_else(|| temporary.path().to_owned());
    let settings = settings(&arguments, folder.clone())?;
    let authority = folder.join("identities/ca.pem");
    let before = std::fs::read(&authority).ok();
    let (running, identities) = Kanta::start_alone(settings).await.map_err(CommandError::configuration)?;
    if before.is_some() && std::fs::read(&authority).ok() != before {
        tell("note: the identities had expired or were for another host name; there are new ones");
    }
    for (producer, organiser) in &arguments.register_access {
        running.grant_register_access(producer, organiser).map_err(CommandError::configuration)?;
    }
    for planned in &arguments.fault {
        if !running.can_play(planned.fault) {
            return Err(CommandError::usage(format!("error: {} needs TLS", planned.fault.name())));
        }
        running.play_next(planned.fault, planned.times);
    }
    say(&format!("archive     {}", running.archive_url()));
    say(&format!("FHIR root   {}", running.fhir_url()));
    say(&format!("use log     {}", running.use_log_url()));
    say(&format!("disclosures {}", running.disclosure_log_url()));
    if arguments.tls == TlsArgument::Mutual {
        say(&format!("identities  {}", identities.display()));
    }
    say(&format!("evidence    {}", folder.join("journal").display()));
    // Without a signal handler the process ends at once, which is as good.
    let _ = tokio::signal::ctrl_c().await;
    running.stop().await;
    Ok(())
}

fn settings(arguments: &EndpointArguments, folder: PathBuf) -> Result<AloneSettings, CommandError> {
    let trust = arguments.trust.as_ref().map_or_else(|| Ok(Vec::new()), |path| read_bytes(path, LARGEST_PEM));
    let (system, professional) = identities::subjects(identities::ORGANISATION);
    Ok(AloneSettings {
        bind: arguments.bind,
        host: arguments.name.first().cloned().unwrap_or_else(|| "localhost".to_owned()),
        tls: arguments.tls == TlsArgument::Mutual,
        folder,
        trust: trust.map_err(CommandError::usage)?,
        system,
        professional,
        profile: Arc::new(chosen_profile(arguments.profile.as_deref()).map_err(CommandError::usage)?.0),
        catalogue: Arc::new(library::catalogue().map_err(CommandError::usage)?),
        strictness: if arguments.strict { Strictness::Fail } else { Strictness::Warn },
        answerable: arguments.answers_for.clone(),
        lanes: lanes(arguments),
        schemas: schemas(arguments)?,
        clock: Clock::Wall,
    })
}

fn lanes(arguments: &EndpointArguments) -> LaneSettings {
    let by = match arguments.lane_by {
        LaneArgument::Path => LaneBy::Path,
        LaneArgument::Organisation => LaneBy::Organisation,
    };
    LaneSettings { named: Vec::new(), most: usize::try_from(arguments.lanes).unwrap_or(usize::MAX), by }
}

fn schemas(arguments: &EndpointArguments) -> Result<DocumentSchemas, CommandError> {
    let folder = arguments.document_schemas.as_deref();
    load_document_schemas(folder).map_err(|error| CommandError(ExitCode::from(&error), format!("error: {error}")))
}
