//! What a run stands on: folder, journal, identities, the simulated Kanta, the rules.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::command_error::CommandError;
use super::digest::digest;
use crate::configuration::{Configuration, TlsChoice};
use crate::evidence::Journal;
use crate::files::read_bytes;
use crate::kanta::{Bounds, Clock, Kanta, LaneSettings, RunningKanta, Settings, Tls, services};
use crate::pki::Identities;
use crate::pki::built_in as identities;
use crate::profile::Profile;
use crate::report::write;
use crate::rule::{Catalogue, Strictness};
use crate::run::{EvidenceLog, ProfileValidity, Rules, RunHeader, Selection, SystemFacts};
use crate::scenario::{Scenario, built_in_files, built_in_tables};
use crate::schema::DocumentSchemas;
use crate::wire::trust::TrustAnchors;

const LARGEST_PEM: u64 = 1024 * 1024;

/// What is ready when the system is started.
pub(super) struct Prepared {
    /// The simulated Kantas of the lanes, in the order of the configuration.
    pub lanes: Vec<PreparedLane>,
    pub identities: Identities,
    pub journal: Arc<Journal>,
    pub evidence: EvidenceLog,
}

/// What is ready for one lane.
pub(super) struct PreparedLane {
    pub kanta: Arc<RunningKanta>,
    pub rules: Arc<Rules>,
}

/// Makes the folder, the identities and the simulated Kanta.
///
/// # Errors
/// What stands in the way, in one clear line.
pub(super) async fn prepare(
    configuration: &Configuration,
    catalogue: &Arc<Catalogue>,
) -> Result<Prepared, CommandError> {
    let now = Timestamp::now();
    let organisation = (configuration.organisation.as_str(), configuration.organisation_name.as_str());
    let identities = match &configuration.identities {
        None => identities::issue(organisation, &configuration.names, now),
        Some(folder) => identities::kept(folder, organisation, &configuration.names, now),
    };
    let identities = identities.map_err(CommandError::configuration)?;
    let trust = trust(&identities, configuration.trust.as_deref())?;
    let evidence = EvidenceLog::default();
    let journal = Arc::new(journal(&configuration.report, &evidence)?);
    let profile = Arc::new(configuration.profile.clone());
    let parts = (Arc::clone(&profile), Arc::clone(catalogue), trust.clone());
    let names: Vec<&str> = configuration.lanes.iter().map(|lane| lane.name.as_str()).collect();
    let mut settings = endpoint_settings(configuration.tls, &identities, parts, Arc::clone(&journal))?;
    settings.bind = configuration.bind;
    settings.strictness = configuration.strictness;
    settings.schemas = configuration.schemas.clone();
    if let Some(name) = configuration.names.first() {
        settings.host.clone_from(name);
    }
    settings.lanes.named = names.iter().skip(1).map(|name| (*name).to_owned()).collect();
    let main = Kanta::start(settings).await.map_err(CommandError::configuration)?;
    let beside: Vec<RunningKanta> = names.iter().filter_map(|name| main.lane(name)).collect();
    let lane = |kanta: RunningKanta| {
        let rules = Rules {
            profile: Arc::clone(&profile),
            catalogue: Arc::clone(catalogue),
            schemas: configuration.schemas.clone(),
            trust: trust.clone(),
            strictness: configuration.strictness,
            audience: kanta.audience(),
            seed: configuration.seed,
        };
        PreparedLane { kanta: Arc::new(kanta), rules: Arc::new(rules) }
    };
    let lanes = std::iter::once(main).chain(beside).map(lane).collect();
    Ok(Prepared { lanes, identities, journal, evidence })
}

/// Settings of a simulated Kanta on a free loopback port, from the rule pack, the catalogue and the
/// authorities of signers.
///
/// # Errors
/// When the authority's certificate cannot be used.
pub(super) fn endpoint_settings(
    choice: TlsChoice,
    identities: &Identities,
    parts: (Arc<Profile>, Arc<Catalogue>, TrustAnchors),
    journal: Arc<Journal>,
) -> Result<Settings, CommandError> {
    Ok(Settings {
        bind: SocketAddr::from(([127, 0, 0, 1], 0)),
        host: "localhost".to_owned(),
        bounds: Bounds::default(),
        tls: tls(choice, identities)?,
        profile: parts.0,
        catalogue: parts.1,
        strictness: Strictness::Warn,
        schemas: DocumentSchemas::built_in(),
        trust: parts.2,
        journal,
        keep_exchanges: false,
        services: services(),
        answerable: None,
        lanes: LaneSettings::default(),
        state: None,
        clock: Clock::Wall,
    })
}

fn journal(report: &Path, evidence: &EvidenceLog) -> Result<Journal, CommandError> {
    write::clear(report).map_err(CommandError::configuration)?;
    Journal::create(&report.join("evidence/journal"), Some(evidence.listener())).map_err(CommandError::configuration)
}

/// The run's own authority and those of a PEM file.
///
/// # Errors
/// When the file cannot be read or holds no certificate.
pub(super) fn trust(identities: &Identities, further: Option<&Path>) -> Result<TrustAnchors, CommandError> {
    let mut pem = identities.trusted().into_bytes();
    if let Some(path) = further {
        pem.push(b'\n');
        pem.extend(read_bytes(path, LARGEST_PEM).map_err(CommandError::usage)?);
    }
    TrustAnchors::from_pem(&pem).map_err(CommandError::usage)
}

/// How the simulated Kanta speaks TLS with these identities.
///
/// # Errors
/// When the authority's certificate cannot be used.
fn tls(choice: TlsChoice, identities: &Identities) -> Result<Tls, CommandError> {
    match choice {
        TlsChoice::Off => Ok(Tls::Off),
        TlsChoice::Mutual => mutual(identities),
    }
}

impl Prepared {
    /// What is run, against what.
    pub fn header(&self, configuration: &Configuration, scenarios: &[Scenario], selection: Selection) -> RunHeader {
        let (requirements, findings) = built_in_tables();
        let suite: Vec<_> = built_in_files().into_iter().flat_map(|file| [file.name, file.text]).collect();
        debug_assert_eq!(suite.len(), scenarios.len() * 2);
        let started = Timestamp::now();
        RunHeader {
            harness: env!("CARGO_PKG_VERSION").to_owned(),
            profile: configuration.profile.title(),
            differences: configuration.profile.differences.clone(),
            validity: ProfileValidity::on(configuration.profile.validity, day(started)),
            profile_digest: digest([&*configuration.profile_text, &requirements.text, &findings.text]),
            suite_digest: digest(suite.iter().map(|text| &**text)),
            configuration_digest: digest([configuration.text.as_str()]),
            system: SystemFacts::default(),
            driver: "http".to_owned(),
            seed: configuration.seed,
            strictness: configuration.strictness,
            tls: configuration.tls == TlsChoice::Mutual,
            selection,
            started,
        }
    }
}

/// The day in Finland, by whose law the specification holds.
fn day(time: Timestamp) -> jiff::civil::Date {
    time.to_zoned(TimeZone::get("Europe/Helsinki").unwrap_or(TimeZone::UTC)).date()
}

fn mutual(identities: &Identities) -> Result<Tls, CommandError> {
    let anchors = TrustAnchors::from_pem(identities.trusted().as_bytes()).map_err(CommandError::configuration)?;
    Ok(Tls::mutual(identities, &anchors))
}

#[cfg(test)]
mod tests {
    use super::{Configuration, Path};
    use crate::cli::library;
    use crate::configuration;
    use crate::source::SourceFile;

    fn read(folder: &Path, schemas: &str) -> Result<Configuration, String> {
        let text = format!(
            "[run]\nreport = \"report\"\ndocument-schemas = \"{schemas}\"\n[system]\naddress = \"http://localhost:1\"\n"
        );
        configuration::read(&SourceFile::new("run.toml", text), folder, &[]).map_err(|error| error.to_string())
    }

    #[tokio::test]
    async fn the_run_judges_by_the_folder_of_schemas() {
        let folder = tempfile::tempdir().expect("folder");
        std::fs::create_dir(folder.path().join("schemas")).expect("folder");
        std::fs::write(folder.path().join("schemas/1.2.3.json"), "{\"type\": \"array\"}").expect("write");
        let configuration = read(folder.path(), "schemas").expect("configuration");
        let catalogue = library::catalogue().expect("catalogue");
        let prepared = super::prepare(&configuration, &catalogue.into()).await;
        let prepared = prepared.map_err(|stopped| stopped.1).expect("prepared");
        assert!(prepared.lanes[0].rules.schemas.ids().any(|id| id == "1.2.3"));
    }

    #[test]
    fn a_folder_that_holds_no_schemas_is_told_with_its_line() {
        let folder = tempfile::tempdir().expect("folder");
        let told = read(folder.path(), "absent").expect_err("absent");
        assert!(told.contains("cannot list") && told.contains("run.toml:3:"), "{told}");
        std::fs::write(folder.path().join("1.2.3.json"), "{\"type\": \"nothing\"}").expect("write");
        let told = read(folder.path(), ".").expect_err("no schema");
        assert!(told.contains("1.2.3 is no JSON Schema"), "{told}");
    }
}
