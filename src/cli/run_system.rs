//! The system under test: the built-in reference system, one that a command starts, or one that runs.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio::process::{Child, Command};

use super::command_error::CommandError;
use super::run_parts::Prepared;
use crate::configuration::{Configuration, ConfiguredLane, SystemUnderTest, UseLogChoice};
use crate::driver::{HttpDriver, HttpDriverSettings};
use crate::files::{read_bytes, read_text};
use crate::kanta::RunningKanta;
use crate::pki::Identities;
use crate::pki::built_in::PROFESSIONAL;
use crate::reference::{
    self, Codes, Fault, IdentityFiles, LapsedFiles, LogFormat, LogOutlet, Organisation, PemPair, Professional,
    ReferenceSettings, RetryPolicy, RunningReference, Variant,
};

/// How long the reference system may take for an action.
const REFERENCE_TIME: Duration = Duration::from_secs(20);
/// How long a started command may take until its driver answers.
const START_TIME: Duration = Duration::from_secs(60);
const START_PAUSE: Duration = Duration::from_millis(100);
const LARGEST_PEM: u64 = 1024 * 1024;

/// A system that can be driven.
pub(super) struct RunningSystem {
    settings: HttpDriverSettings,
    reference: Option<RunningReference>,
    command: Option<Child>,
    _identities: Option<tempfile::TempDir>,
}

impl RunningSystem {
    /// Its driver.
    pub fn driver(&self) -> Result<HttpDriver, CommandError> {
        HttpDriver::new(self.settings.clone()).map_err(CommandError::configuration)
    }

    /// Ends what this program started.
    pub async fn stop(mut self) {
        if let Some(reference) = self.reference.take() {
            reference.stop().await;
        }
        if let Some(mut command) = self.command.take() {
            // A command that has ended by itself cannot be killed, which is no error.
            let _ = command.kill().await;
        }
    }
}

/// Starts the systems of all lanes, and waits then until those that a command started answer.
pub(super) async fn start(
    configuration: &Configuration,
    prepared: &Prepared,
) -> Result<Vec<RunningSystem>, CommandError> {
    let mut systems = Vec::new();
    for (lane, ready) in configuration.lanes.iter().zip(&prepared.lanes) {
        let place = StartedLane { configuration, lane, identities: &prepared.identities, kanta: &ready.kanta };
        systems.push(place.start().await?);
    }
    for system in systems.iter_mut().filter(|system| system.command.is_some()) {
        await_driver(system).await?;
    }
    Ok(systems)
}

/// The lane in which a system is started.
struct StartedLane<'a> {
    configuration: &'a Configuration,
    lane: &'a ConfiguredLane,
    identities: &'a Identities,
    kanta: &'a RunningKanta,
}

impl StartedLane<'_> {
    async fn start(&self) -> Result<RunningSystem, CommandError> {
        match &self.lane.system {
            SystemUnderTest::Reference { fault, variant, format, codes } => {
                let mut settings = self.reference_settings(fault.as_deref(), variant.as_deref())?;
                settings.log_outlet = self.log_outlet(*format)?;
                settings.codes.clone_from(codes);
                let running = reference::start(settings).await.map_err(CommandError::configuration)?;
                let driver = driver_settings(format!("http://{}", running.address), REFERENCE_TIME, REFERENCE_TIME);
                Ok(RunningSystem { settings: driver, reference: Some(running), command: None, _identities: None })
            }
            SystemUnderTest::Driven { address, authorities, start, action_time, answer_time } => {
                let mut driver = driver_settings(address.clone(), *action_time, *answer_time);
                if let Some(path) = authorities {
                    driver.authorities = read_bytes(path, LARGEST_PEM).map_err(CommandError::usage)?;
                }
                let mut running = RunningSystem { settings: driver, reference: None, command: None, _identities: None };
                if !start.is_empty() {
                    self.start_command(start, &mut running)?;
                }
                Ok(running)
            }
        }
    }

    fn reference_settings(
        &self,
        fault: Option<&str>,
        variant: Option<&str>,
    ) -> Result<ReferenceSettings, CommandError> {
        let Configuration { organisation, organisation_name, seed, .. } = self.configuration;
        let urls = (self.kanta.archive_url(), self.kanta.fhir_url());
        let names = known_names(fault, variant)?;
        Ok(settings_for(urls, pem_texts(self.identities), (organisation, organisation_name), names, *seed))
    }

    /// Where the reference system has to give its use log.
    fn log_outlet(&self, format: LogFormat) -> Result<LogOutlet, CommandError> {
        match &self.lane.use_log {
            UseLogChoice::Driver => Ok(LogOutlet::default()),
            UseLogChoice::Push { .. } => Ok(LogOutlet { url: Some(self.kanta.use_log_url()), ..LogOutlet::default() }),
            UseLogChoice::File { path, .. } => {
                let folder = path.parent().unwrap_or(Path::new(""));
                std::fs::create_dir_all(folder).map_err(CommandError::configuration)?;
                Ok(LogOutlet { file: Some(path.clone()), format, url: None })
            }
        }
    }

    /// Starts the vendor's command with addresses and identities in its environment.
    fn start_command(&self, words: &[String], running: &mut RunningSystem) -> Result<(), CommandError> {
        let configuration = self.configuration;
        let folder = match &configuration.identities {
            Some(folder) => std::path::absolute(folder).map_err(CommandError::configuration)?,
            None => {
                let temporary = tempfile::tempdir().map_err(CommandError::configuration)?;
                self.identities.write_folder(temporary.path()).map_err(CommandError::configuration)?;
                let path = temporary.path().to_owned();
                running._identities = Some(temporary);
                path
            }
        };
        let child = Command::new(program(&words[0], &configuration.folder)?)
            .args(&words[1..])
            .current_dir(working_folder(&configuration.folder))
            .envs(self.kanta.service_urls().map(|(id, url)| (url_variable(&id), url)))
            .env("KANTAKOE_IDENTITIES", &folder)
            .env("KANTAKOE_ORGANISATION", &configuration.organisation)
            .env("KANTAKOE_LANE", &self.lane.name)
            .env("KANTAKOE_DRIVER_ADDRESS", &running.settings.address)
            .stdin(std::process::Stdio::null())
            // What this program itself says to stdout is data.
            .stdout(std::io::stderr())
            .kill_on_drop(true)
            .spawn()
            .map_err(|cause| {
                CommandError::configuration(format!("the command {} cannot be started: {cause}", words[0]))
            })?;
        running.command = Some(child);
        Ok(())
    }
}

/// The variable in which a system is told the URL of a service: `KANTAKOE_USE_LOG_URL`.
fn url_variable(service: &str) -> String {
    format!("KANTAKOE_{}_URL", service.to_ascii_uppercase().replace('-', "_"))
}

fn driver_settings(address: String, action_time: Duration, answer_time: Duration) -> HttpDriverSettings {
    HttpDriverSettings { address, action_time, answer_time, authorities: Vec::new() }
}

/// Names of a fault and a variant, when they are known.
///
/// # Errors
/// Which name is not known, and how to list them.
pub(super) fn known_names(
    fault: Option<&str>,
    variant: Option<&str>,
) -> Result<(Option<Fault>, Variant), CommandError> {
    let fault = fault.map(str::parse::<Fault>).transpose();
    let fault = fault.map_err(|error| {
        CommandError::usage(format!("error: {error}\nhint: `kantakoe reference --list-faults` lists them"))
    })?;
    let variant = variant.map_or_else(
        || Ok(Variant::default()),
        |name| {
            let names = || Variant::all().map(|variant| variant.name).collect::<Vec<_>>().join(", ");
            Variant::named(name)
                .ok_or_else(|| CommandError::usage(format!("error: no variant {name}\nhint: one of {}", names())))
        },
    );
    Ok((fault, variant?))
}

/// The codes that the reference system writes: those that ship, changed by the file where there is one.
///
/// # Errors
/// What is wrong with the file.
pub(super) fn codes(changes: Option<&Path>) -> Result<Codes, CommandError> {
    let Some(path) = changes else { return Ok(Codes::default()) };
    let file = read_text(path).map_err(|error| CommandError::usage(format!("error: {error}")))?;
    let hint = "the rows of src/reference/codes.toml, as docs/configuration.md shows";
    Codes::changed(&file.text).map_err(|error| {
        let name = path.display();
        CommandError::usage(format!("error: {name}: {error}\nhint: {hint}"))
    })
}

/// Settings of the reference system for the built-in identities.
pub(super) fn settings_for(
    urls: (String, String),
    identities: IdentityFiles,
    organisation: (&str, &str),
    names: (Option<Fault>, Variant),
    seed: u64,
) -> ReferenceSettings {
    let unit = organisation.0.strip_suffix(".0").unwrap_or(organisation.0);
    ReferenceSettings {
        archive_url: urls.0,
        fhir_url: urls.1,
        identities,
        organisation: Organisation {
            oid: organisation.0.to_owned(),
            name: organisation.1.to_owned(),
            unit_oid: format!("{unit}.7"),
            unit_name: "Näyteyksikkö 7".to_owned(),
        },
        professional: Professional {
            registration_number: PROFESSIONAL.to_owned(),
            identity_code: "290200A930A".to_owned(),
            family_name: "Testinen".to_owned(),
            given_name: "Tessa".to_owned(),
            title: "sosiaalityöntekijä".to_owned(),
        },
        codes: Codes::default(),
        fault: names.0,
        variant: names.1,
        seed,
        retry: RetryPolicy::default(),
        log_outlet: LogOutlet::default(),
        bind: std::net::SocketAddr::from(([127, 0, 0, 1], 0)),
    }
}

/// The identities as the reference system takes them.
pub(super) fn pem_texts(identities: &Identities) -> IdentityFiles {
    let pair = |identity: &crate::pki::Identity| PemPair {
        certificate: identity.certificate.clone(),
        key: identity.key.clone(),
    };
    IdentityFiles {
        ca: identities.authority.clone(),
        client: pair(&identities.client),
        system: pair(&identities.system),
        professional: pair(&identities.professional),
        lapsed: identities
            .lapsed
            .as_ref()
            .map(|lapsed| LapsedFiles { expired: pair(&lapsed.expired), revoked: pair(&lapsed.revoked) }),
    }
}

/// The program of the start command. One with a folder in its name counts from the folder of the
/// configuration, as every path there.
fn program(word: &str, folder: &Path) -> Result<PathBuf, CommandError> {
    let named = Path::new(word);
    if named.components().count() == 1 && !word.contains('/') {
        return Ok(named.to_owned());
    }
    std::path::absolute(folder.join(named)).map_err(CommandError::configuration)
}

/// The folder of the configuration; the empty path would be none.
fn working_folder(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// Asks the driver until it answers; a command that ends before is an error of configuration.
async fn await_driver(running: &mut RunningSystem) -> Result<(), CommandError> {
    let driver = running.driver()?;
    let deadline = Instant::now() + START_TIME;
    while driver.capabilities().await.is_err_and(|error| error.may_pass()) {
        if let Some(Ok(Some(status))) = running.command.as_mut().map(Child::try_wait) {
            return Err(CommandError::configuration(format!(
                "the start command ended before its driver answered: {status}"
            )));
        }
        if Instant::now() > deadline {
            // The doctor says what is wrong with the driver.
            return Ok(());
        }
        tokio::time::sleep(START_PAUSE).await;
    }
    Ok(())
}
