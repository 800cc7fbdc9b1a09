//! `kantakoe run`: one command from scenario files to a verdict.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::args::RunArguments;
use super::configuration::{self, Configuration, SystemUnderTest, UseLogChoice};
use super::console::tell;
use super::exit_code::ExitCode;
use super::files::read_text;
use super::library;
use super::log_file;
use super::run_parts::{Prepared, prepare};
use super::run_system;
use crate::report::{Language, Terminal, Texts, terminal, write};
use crate::rule::Catalogue;
use crate::run::{Event, EventSink, ExpectedFailures, LogSource, RunResult};
use crate::scenario::{Controllers, Scenario, plan_all};
use crate::source::SourceFile;

/// The other controller, which the harness plays.
pub(super) const OTHER_CONTROLLER: &str = "1.2.246.10.99999992.10.0";
/// The service organiser to whose register the system's organisation has access.
const ORGANISER: &str = "1.2.246.10.99999994.10.0";

/// Most entries of an exported use log that a run keeps, the newest ones.
const MOST_ENTRIES: usize = 100_000;

/// What stops a run before it starts, with the code to end with.
pub(super) struct Stopped(pub ExitCode, pub String);

impl Stopped {
    /// The user's file or argument is wrong.
    pub fn usage(text: impl std::fmt::Display) -> Self {
        Self(ExitCode::Usage, text.to_string())
    }

    /// Something on this machine is in the way.
    pub fn configuration(text: impl std::fmt::Display) -> Self {
        Self(ExitCode::Configuration, format!("error: {text}"))
    }
}

/// Runs, reports, and says how it ended.
pub(super) async fn run(arguments: RunArguments) -> ExitCode {
    match attempt(arguments).await {
        Ok(code) => code,
        Err(Stopped(code, text)) => {
            tell(text.trim_end());
            code
        }
    }
}

async fn attempt(arguments: RunArguments) -> Result<ExitCode, Stopped> {
    let catalogue = Arc::new(library::catalogue().map_err(Stopped::usage)?);
    let scenarios = library::built_in(&catalogue).map_err(Stopped::usage)?;
    let configuration = configuration(&arguments, &scenarios)?;
    let expected = expected(&configuration, &scenarios)?;
    let prepared = prepare(&configuration, &catalogue).await?;
    prepared.kanta.grant_register_access(&configuration.organisation, ORGANISER).map_err(Stopped::configuration)?;
    let system = run_system::start(&configuration, &prepared).await?;
    let (events, terminal) = reporter(configuration.language);
    let run = crate::run::Run {
        header: prepared.header(&configuration, &scenarios),
        plans: plans(&scenarios, &configuration),
        parallel: configuration.parallel,
        expected,
        surroundings: crate::run::Surroundings {
            kanta: Arc::clone(&prepared.kanta),
            driver: system.driver()?,
            use_log: use_log(&configuration.use_log),
            journal: Arc::clone(&prepared.journal),
            evidence: prepared.evidence.clone(),
            rules: Arc::clone(&prepared.rules),
            events,
        },
    };
    let result = run.execute().await;
    system.stop().await;
    drop(terminal);
    report(&configuration, &prepared, &catalogue, &result)
}

fn use_log(choice: &UseLogChoice) -> LogSource {
    match choice {
        UseLogChoice::Driver => LogSource::Driver,
        UseLogChoice::Push { patience } => LogSource::Pushed(*patience),
        UseLogChoice::File { path, mapping, patience } => {
            let (path, mapping) = (path.clone(), mapping.clone());
            LogSource::File(Arc::new(move || log_file::entries(&path, mapping.clone(), MOST_ENTRIES)), *patience)
        }
    }
}

fn configuration(arguments: &RunArguments, scenarios: &[Scenario]) -> Result<Configuration, Stopped> {
    let ids: Vec<&str> = scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
    let mut configuration = match &arguments.config {
        None => built_in(arguments)?,
        Some(path) => {
            let file = read_text(path).map_err(|error| Stopped::usage(format!("error: {error}")))?;
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            configuration::read(&file, &folder, &ids).map_err(Stopped::usage)?
        }
    };
    if let Some(language) = arguments.lang {
        configuration.language = Language::from(language);
    }
    if let Some(report) = &arguments.report {
        configuration.report.clone_from(report);
    }
    configuration.seed = arguments.seed.unwrap_or(configuration.seed);
    if !arguments.only.is_empty() {
        configuration.only.clone_from(&arguments.only);
        known(&arguments.only, &ids)?;
    }
    Ok(configuration)
}

fn known(only: &[String], ids: &[&str]) -> Result<(), Stopped> {
    let stranger =
        only.iter().find(|name| !ids.contains(&name.as_str()) && !crate::scenario::AREAS.contains(&name.as_str()));
    match stranger {
        None => Ok(()),
        Some(name) => {
            Err(Stopped::usage(format!("error: no scenario or area {name}\nhint: `kantakoe scenarios` lists them")))
        }
    }
}

/// The configuration of a run without a file: the built-in reference system, held to every rule.
const BUILT_IN: &str = r#"# The run without a configuration: the built-in reference system, held to every rule.
[run]
assumed = "fail"

[system]
address = "http://reference.invalid"
"#;

fn built_in(arguments: &RunArguments) -> Result<Configuration, Stopped> {
    let file = SourceFile::new("built-in configuration", BUILT_IN);
    let mut configuration = configuration::read(&file, Path::new(""), &[]).map_err(Stopped::usage)?;
    run_system::known_names(arguments.fault.as_deref(), arguments.variant.as_deref())?;
    configuration.system =
        SystemUnderTest::Reference { fault: arguments.fault.clone(), variant: arguments.variant.clone() };
    Ok(configuration)
}

fn expected(configuration: &Configuration, scenarios: &[Scenario]) -> Result<ExpectedFailures, Stopped> {
    let Some(path) = &configuration.expected_failures else { return Ok(ExpectedFailures::default()) };
    let file = read_text(path).map_err(|error| Stopped::usage(format!("error: {error}")))?;
    let ids: Vec<&str> = scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
    ExpectedFailures::read(&file, &ids).map_err(Stopped::usage)
}

fn plans(scenarios: &[Scenario], configuration: &Configuration) -> Vec<crate::scenario::Plan> {
    let all = plan_all(scenarios, configuration.seed, &controllers(configuration));
    let wanted = |scenario: &Scenario| {
        configuration.only.is_empty()
            || configuration.only.iter().any(|name| *name == scenario.id || *name == scenario.area)
    };
    all.into_iter().filter(|plan| wanted(&plan.scenario)).collect()
}

fn controllers(configuration: &Configuration) -> Controllers {
    Controllers {
        own: configuration.organisation.clone(),
        other: OTHER_CONTROLLER.to_owned(),
        organiser: ORGANISER.to_owned(),
    }
}

type SharedTerminal = Arc<Mutex<Terminal<std::io::Stderr>>>;

fn reporter(language: Language) -> (EventSink, SharedTerminal) {
    let target = std::io::IsTerminal::is_terminal(&std::io::stderr()).then(indicatif::ProgressDrawTarget::stderr);
    let terminal = Arc::new(Mutex::new(Terminal::new(std::io::stderr(), Texts::of(language), target)));
    let ear = Arc::clone(&terminal);
    let sink: EventSink = Arc::new(move |event: Event| {
        // Progress that cannot be shown changes no verdict.
        let _ = ear.lock().unwrap_or_else(PoisonError::into_inner).tell(&event);
    });
    (sink, terminal)
}

fn report(
    configuration: &Configuration,
    prepared: &Prepared,
    catalogue: &Catalogue,
    result: &RunResult,
) -> Result<ExitCode, Stopped> {
    let folder: &PathBuf = &configuration.report;
    let entries = prepared.evidence.entries();
    let written =
        write::all(folder, result, &entries, catalogue, configuration.language).map_err(Stopped::configuration)?;
    let texts = Texts::of(configuration.language);
    let _ = terminal::summary(&mut std::io::stdout().lock(), result, texts, Some(&written.page));
    Ok(ExitCode::from(result.outcome))
}
