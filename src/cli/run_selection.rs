//! Which scenarios a run takes, which failures it expects, and what of it is set on the command line.

use jiff::Zoned;
use jiff::civil::Date;

use super::args::{CountsArgument, RunArguments};
use super::command_error::CommandError;
use super::digest::digest;
use crate::configuration::Configuration;
use crate::files::read_text;
use crate::run::{ExpectedFailures, Selection};
use crate::scenario::{Controllers, Plan, Scenario, SystemKinds, plan_all};

/// The other controller, which the harness plays.
pub(super) const OTHER_CONTROLLER: &str = "1.2.246.10.99999992.10.0";
/// The service organiser to whose register the system's organisation has access.
pub(super) const ORGANISER: &str = "1.2.246.10.99999994.10.0";

/// The list of expected failures that the configuration names.
///
/// # Errors
/// When it cannot be read, or is wrong.
pub(super) fn expected(
    configuration: &Configuration,
    scenarios: &[Scenario],
) -> Result<ExpectedFailures, CommandError> {
    let Some(path) = &configuration.expected_failures else { return Ok(ExpectedFailures::default()) };
    let file = read_text(path).map_err(|error| CommandError::usage(format!("error: {error}")))?;
    let ids: Vec<&str> = scenarios.iter().map(|scenario| scenario.id.as_str()).collect();
    ExpectedFailures::read(&file, &ids, today()).map_err(CommandError::usage)
}

fn today() -> Date {
    Zoned::now().date()
}

/// The plans of the scenarios that are chosen, in the order of the set.
pub(super) fn plans(scenarios: &[Scenario], configuration: &Configuration) -> Vec<Plan> {
    let all = plan_all(scenarios, configuration.seed, &controllers(configuration));
    let of_kind = set_of(scenarios, configuration);
    let wanted = |scenario: &Scenario| match configuration.only.as_slice() {
        [] => of_kind.contains(&scenario.id.as_str()),
        only => only.iter().any(|name| *name == scenario.id || *name == scenario.area.name()),
    };
    all.into_iter().filter(|plan| wanted(&plan.scenario)).collect()
}

/// The ids of the set of scenarios for such a system.
fn set_of<'a>(scenarios: &'a [Scenario], configuration: &Configuration) -> Vec<&'a str> {
    let kinds = SystemKinds::built_in();
    let is_out = |scenario: &&Scenario| kinds.is_without(&configuration.without, &scenario.id, scenario.area);
    scenarios.iter().filter(|scenario| !is_out(scenario)).map(|scenario| scenario.id.as_str()).collect()
}

/// What of the set is chosen, by what the run is held, and the digest of it all.
pub(super) fn selection(
    arguments: &RunArguments,
    configuration: &Configuration,
    scenarios: &[Scenario],
    (plans, expected): (&[Plan], &ExpectedFailures),
) -> Selection {
    let set = set_of(scenarios, configuration);
    let chosen = plans.iter().filter(|plan| set.contains(&plan.scenario.id.as_str())).count();
    let kinds = SystemKinds::built_in();
    let mandatory = kinds.kind(&configuration.kind).map_or_else(Vec::new, |kind| kind.mandatory.clone());
    let overridden = overridden(arguments);
    let list = configuration.expected_failures.as_ref().and_then(|path| read_text(path).ok());
    let ids = plans.iter().map(|plan| plan.scenario.id.as_str());
    let of = ids.chain(overridden.iter().map(String::as_str)).chain(configuration.without.iter().map(String::as_str));
    let of = of.chain([configuration.kind.as_str()]).chain(list.iter().map(|file| &*file.text));
    Selection {
        digest: digest(of),
        kind: configuration.kind.clone(),
        without: configuration.without.clone(),
        mandatory,
        total: set.len(),
        chosen,
        overridden,
        expected: expected.len(),
        allow_known: arguments.allow_known,
        require_complete: arguments.require_complete,
    }
}

/// Settings of the command line that change what is judged, as written there.
fn overridden(arguments: &RunArguments) -> Vec<String> {
    let counts = |name: &str, said: Option<CountsArgument>| {
        said.map(|said| format!("--{name} {}", if said == CountsArgument::Fail { "fail" } else { "warn" }))
    };
    let only = arguments.only.iter().map(|name| format!("--only {name}"));
    let named = [
        counts("assumed", arguments.assumed),
        counts("recommended", arguments.recommended),
        arguments.profile.as_ref().map(|profile| format!("--profile {profile}")),
        arguments.seed.filter(|_| arguments.config.is_some()).map(|seed| format!("--seed {seed}")),
        arguments.allow_known.then(|| "--allow-known".to_owned()),
        arguments.fault.as_ref().map(|fault| format!("--fault {fault}")),
        arguments.variant.as_ref().map(|variant| format!("--variant {variant}")),
    ];
    named.into_iter().flatten().chain(only).collect()
}

fn controllers(configuration: &Configuration) -> Controllers {
    Controllers {
        own: configuration.organisation.clone(),
        other: OTHER_CONTROLLER.to_owned(),
        organiser: ORGANISER.to_owned(),
    }
}
