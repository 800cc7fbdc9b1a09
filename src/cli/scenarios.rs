//! `kantakoe scenarios`: lists the built-in scenarios, or checks scenario files.

use super::args::ScenarioArguments;
use super::console::{say, tell};
use super::exit_code::ExitCode;
use super::library;
use crate::files::read_text;
use crate::report::Language;
use crate::source::{Diagnostics, SourceFile};

/// Lists or checks.
pub(super) fn scenarios(arguments: &ScenarioArguments) -> ExitCode {
    let language = arguments.lang;
    let listed = if arguments.files.is_empty() { list(language) } else { check_files(arguments) };
    match listed {
        Ok(text) => {
            say(&text);
            ExitCode::Pass
        }
        Err(mistakes) => {
            tell(&mistakes);
            ExitCode::Usage
        }
    }
}

fn list(language: Language) -> Result<String, String> {
    let catalogue = library::catalogue().map_err(shown)?;
    let scenarios = library::built_in(&catalogue).map_err(shown)?;
    let width = scenarios.iter().map(|scenario| scenario.id.len()).max().unwrap_or(0);
    let line = |scenario: &crate::scenario::Scenario| {
        format!("{:width$}  {}", scenario.id, scenario.title.in_language(language))
    };
    Ok(scenarios.iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn check_files(arguments: &ScenarioArguments) -> Result<String, String> {
    let catalogue = library::catalogue().map_err(shown)?;
    let read: Result<Vec<SourceFile>, _> = arguments.files.iter().map(|path| read_text(path)).collect();
    let files = read.map_err(|error| error.to_string())?;
    let checked = library::scenarios(&files, &catalogue).map_err(shown)?;
    Ok(checked.iter().map(|scenario| format!("{}: ok", scenario.id)).collect::<Vec<_>>().join("\n"))
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
fn shown(mistakes: Diagnostics) -> String {
    mistakes.to_string()
}
