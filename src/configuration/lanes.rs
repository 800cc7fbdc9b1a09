//! Checks what is tested: the system, and its copies in lanes of their own.

use toml::Spanned;

use super::checker::ConfigurationChecker;
use super::settings::{ConfiguredLane, SystemUnderTest, UseLogChoice};
use super::text::{ConfigurationText, LaneText, SystemText};
use super::{use_log, value};
use crate::kanta::is_lane_name;

/// Most lanes of a run, the main one included.
const MOST: usize = 64;

/// The lanes, the main one first.
pub(super) fn lanes(text: &ConfigurationText, checker: &mut ConfigurationChecker<'_>) -> Vec<ConfiguredLane> {
    let main = ConfiguredLane {
        name: String::new(),
        system: system(&text.system, checker),
        use_log: use_log::choice(&text.use_log, checker),
    };
    if let Some(lane) = text.lane.get(MOST - 1) {
        checker.mistake(lane.address.span(), format!("there are more than {MOST} lanes"), "remove some");
    }
    let mut lanes = vec![main];
    for row in &text.lane {
        let lane = lane(row, text, &lanes, checker);
        lanes.push(lane);
    }
    lanes
}

fn lane(
    row: &LaneText,
    text: &ConfigurationText,
    before: &[ConfiguredLane],
    checker: &mut ConfigurationChecker<'_>,
) -> ConfiguredLane {
    let name = row.name.as_ref().map_or_else(|| (before.len() + 1).to_string(), |said| said.get_ref().clone());
    let span = row.name.as_ref().map_or_else(|| row.address.span(), Spanned::span);
    if !is_lane_name(&name) {
        checker.mistake(span, format!("no lane can be called {name:?}"), "use small letters, digits and hyphens");
    } else if before.iter().any(|lane| lane.name == name) {
        checker.mistake(span, format!("another lane is called {name}"), "give each a name of its own");
    }
    let own = SystemText {
        kind: None,
        without: None,
        driver: None,
        address: row.address.clone(),
        authorities: row.authorities.clone().or_else(|| text.system.authorities.clone()),
        start: row.start.clone().or_else(|| text.system.start.clone()),
        action_seconds: text.system.action_seconds.clone(),
        answer_seconds: text.system.answer_seconds.clone(),
    };
    ConfiguredLane { name, system: system(&own, checker), use_log: log(row, &before[0].use_log, checker) }
}

/// The log of the lane's own system: where it comes from a file, from another one.
fn log(row: &LaneText, main: &UseLogChoice, checker: &mut ConfigurationChecker<'_>) -> UseLogChoice {
    match (main, &row.use_log) {
        (UseLogChoice::File { mapping, patience, .. }, Some(said)) => {
            checker.checked(said, value::filled);
            UseLogChoice::File { path: checker.path(said), mapping: mapping.clone(), patience: *patience }
        }
        (UseLogChoice::File { .. }, None) => {
            let hint = "add use-log = \"use-log-2.jsonl\", the file that the system of this lane writes";
            checker.mistake(row.address.span(), "this lane has no use log of its own", hint);
            UseLogChoice::Driver
        }
        (_, Some(said)) => {
            let hint = "add from = \"file\" to [use-log], or remove it";
            checker.mistake(said.span(), "only a log from a file has this", hint);
            main.clone()
        }
        (_, None) => main.clone(),
    }
}

fn system(text: &SystemText, checker: &mut ConfigurationChecker<'_>) -> SystemUnderTest {
    checker.choice(text.driver.as_ref(), &[("http", ())], ());
    let address = checker.checked(&text.address, value::driver_address);
    if address.starts_with("https://") && text.authorities.is_none() {
        checker.mistake(text.address.span(), "an https driver needs authorities", "add authorities = \"ca.pem\"");
    }
    if let Some(start) = text.start.as_ref().filter(|words| words.get_ref().first().is_none_or(String::is_empty)) {
        checker.mistake(start.span(), "start has no command", "name the program, or remove start");
    }
    SystemUnderTest::Driven {
        address: address.trim_end_matches('/').to_owned(),
        authorities: checker.certificates(text.authorities.as_ref()),
        start: text.start.as_ref().map(|words| words.get_ref().clone()).unwrap_or_default(),
        action_time: checker.seconds(text.action_seconds.as_ref(), 30),
        answer_time: checker.seconds(text.answer_seconds.as_ref(), 5),
    }
}
