//! `kantakoe run`: one command from scenario files to a verdict.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::args::{CountsArgument, RunArguments, UseLogArgument};
use super::command_error::CommandError;
use super::exit_code::ExitCode;
use super::library;
use super::logging;
use super::run_parts::{Prepared, PreparedLane, prepare};
use super::run_selection::{self, ORGANISER};
use super::run_system::{self, RunningSystem};
use crate::check::{exported, log_form};
use crate::configuration::{self, Configuration, ConfiguredLane, SystemUnderTest, UseLogChoice};
use crate::files::{chosen_profile, read_text};
use crate::reference::{Fault, LogFormat};
use crate::report::{Language, Terminal, Texts, terminal, write};
use crate::rule::Strictness;
use crate::run::{Event, EventSink, LogFile, LogSource};
use crate::scenario::Scenario;
use crate::source::SourceFile;
use crate::wire::use_log::LogForm;

/// Most entries of an exported use log that a run keeps, the newest ones.
const MOST_ENTRIES: usize = 100_000;

/// How long entries of the reference system's use log may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs, reports, and says how it ended.
///
/// # Errors
/// What is wrong with the arguments or the files, or in the way on this machine.
pub(super) async fn run(arguments: RunArguments) -> Result<ExitCode, CommandError> {
    logging::start()?;
    let catalogue = Arc::new(library::catalogue().map_err(CommandError::usage)?);
    let scenarios = library::built_in(&catalogue).map_err(CommandError::usage)?;
    let configuration = configuration(&arguments, &scenarios)?;
    let expected = run_selection::expected(&configuration, &scenarios)?;
    let prepared = prepare(&configuration, &catalogue).await?;
    let systems = run_system::start(&configuration, &prepared).await?;
    let (events, terminal) = reporter(configuration.language);
    let plans = run_selection::plans(&scenarios, &configuration);
    let selection = run_selection::selection(&arguments, &configuration, &scenarios, (&plans, &expected));
    let run = crate::run::Run {
        header: prepared.header(&configuration, &scenarios, selection),
        plans,
        lanes: lanes(&configuration, &prepared, &systems)?,
        parallel: configuration.parallel,
        expected,
        journal: Arc::clone(&prepared.journal),
        events,
    };
    let result = run.execute().await;
    for system in systems {
        system.stop().await;
    }
    drop(terminal);
    let page = if arguments.verdicts_only {
        write::verdicts(&configuration.report, &result, &catalogue, configuration.language).map(|()| None)
    } else {
        let entries = prepared.evidence.entries();
        let written = write::all(&configuration.report, &result, &entries, &catalogue, configuration.language);
        written.map(|written| Some(written.page))
    };
    let page = page.map_err(CommandError::configuration)?;
    let texts = Texts::of(configuration.language);
    let _ = terminal::summary(&mut std::io::stdout().lock(), &result, texts, page.as_deref());
    Ok(ExitCode::from(result.exit_code()))
}

/// The lanes of the run, each with its archive and its system.
fn lanes(
    configuration: &Configuration,
    prepared: &Prepared,
    systems: &[RunningSystem],
) -> Result<Vec<crate::run::Lane>, CommandError> {
    let parts = configuration.lanes.iter().zip(&prepared.lanes).zip(systems);
    let lane = |((lane, ready), system): ((&ConfiguredLane, &PreparedLane), &RunningSystem)| {
        ready
            .kanta
            .grant_register_access(&configuration.organisation, ORGANISER)
            .map_err(CommandError::configuration)?;
        Ok(crate::run::Lane {
            name: lane.name.clone(),
            kanta: Arc::clone(&ready.kanta),
            driver: system.driver()?,
            use_log: use_log(&lane.use_log),
            evidence: prepared.evidence.of_lane(&lane.name),
            rules: Arc::clone(&ready.rules),
        })
    };
    parts.map(lane).collect()
}

fn use_log(choice: &UseLogChoice) -> LogSource {
    match choice {
        UseLogChoice::Driver => LogSource::Driver,
        UseLogChoice::Push { patience } => LogSource::Pushed(*patience),
        UseLogChoice::File { path, mapping, patience } => {
            let (path, mapping, name) = (path.clone(), mapping.clone(), path.display().to_string());
            let read = Arc::new(move || {
                let form = mapping.clone().map(LogForm::Csv).map_or_else(|| log_form(&path), Ok);
                exported(&path, &form.map_err(|error| error.to_string())?, MOST_ENTRIES)
            });
            LogSource::File(LogFile::new(name, read, *patience, Timestamp::now()))
        }
    }
}

fn configuration(arguments: &RunArguments, scenarios: &[Scenario]) -> Result<Configuration, CommandError> {
    let ids: Vec<&str> = scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
    let mut configuration = match &arguments.config {
        None => built_in(arguments)?,
        Some(path) => {
            let file = read_text(path).map_err(|error| CommandError::usage(format!("error: {error}")))?;
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            configuration::read(&file, &folder, &ids).map_err(CommandError::usage)?
        }
    };
    if let Some(language) = arguments.lang {
        configuration.language = language;
    }
    if let Some(report) = &arguments.report {
        configuration.report.clone_from(report);
    }
    if let Some(said) = &arguments.profile {
        let (profile, file) = chosen_profile(Some(said)).map_err(CommandError::usage)?;
        configuration.take_profile(profile, &file.text);
    }
    let fails = |said: Option<CountsArgument>, so_far| said.map_or(so_far, |said| said == CountsArgument::Fail);
    configuration.strictness = Strictness::of(
        fails(arguments.assumed, configuration.strictness.fails_assumed()),
        fails(arguments.recommended, configuration.strictness.fails_recommended()),
    );
    configuration.seed = arguments.seed.unwrap_or(configuration.seed);
    if !arguments.only.is_empty() {
        configuration.only.clone_from(&arguments.only);
        known(&arguments.only, &ids)?;
    }
    Ok(configuration)
}

fn known(only: &[String], ids: &[&str]) -> Result<(), CommandError> {
    let stranger = only.iter().find(|name| !ids.contains(&name.as_str()) && crate::domain::Area::named(name).is_none());
    match stranger {
        None => Ok(()),
        Some(name) => Err(CommandError::usage(format!(
            "error: no scenario or area {name}\nhint: `kantakoe scenarios` lists them"
        ))),
    }
}

/// The configuration of a run without a file: the built-in reference system, held to every rule.
const BUILT_IN: &str = r#"# The run without a configuration: the built-in reference system, held to every rule.
[run]
assumed = "fail"
recommended = "fail"

[system]
address = "http://reference.invalid"
"#;

fn built_in(arguments: &RunArguments) -> Result<Configuration, CommandError> {
    let file = SourceFile::new("built-in configuration", BUILT_IN);
    let mut configuration = configuration::read(&file, Path::new(""), &[]).map_err(CommandError::usage)?;
    let (fault, _) = run_system::known_names(arguments.fault.as_deref(), arguments.variant.as_deref())?;
    let way = arguments.use_log.unwrap_or_else(|| shown_by(fault));
    let codes = run_system::codes(arguments.codes.as_deref())?;
    let report = arguments.report.as_ref().unwrap_or(&configuration.report);
    let lane = |number: u8| ConfiguredLane {
        name: if number == 1 { String::new() } else { number.to_string() },
        system: SystemUnderTest::Reference {
            fault: arguments.fault.clone(),
            variant: arguments.variant.clone(),
            format: format(way),
            codes: Box::new(codes.clone()),
        },
        use_log: match way {
            UseLogArgument::Driver => UseLogChoice::Driver,
            UseLogArgument::Push => UseLogChoice::Push { patience: PATIENCE },
            UseLogArgument::Jsonl | UseLogArgument::Fhir | UseLogArgument::Bundle => UseLogChoice::File {
                path: report.join(write::USE_LOGS).join(number.to_string()),
                mapping: None,
                patience: PATIENCE,
            },
        },
    };
    configuration.lanes = (1..=arguments.lanes).map(lane).collect();
    Ok(configuration)
}

/// The way by which the log comes in where nothing is said: what shows in a file alone is looked for there.
fn shown_by(fault: Option<Fault>) -> UseLogArgument {
    match fault.and_then(LogFormat::showing) {
        None => UseLogArgument::Driver,
        Some(LogFormat::Lines) => UseLogArgument::Jsonl,
        Some(LogFormat::AuditEvents) => UseLogArgument::Fhir,
        Some(LogFormat::Bundle) => UseLogArgument::Bundle,
    }
}

fn format(way: UseLogArgument) -> LogFormat {
    match way {
        UseLogArgument::Fhir => LogFormat::AuditEvents,
        UseLogArgument::Bundle => LogFormat::Bundle,
        UseLogArgument::Driver | UseLogArgument::Jsonl | UseLogArgument::Push => LogFormat::Lines,
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
