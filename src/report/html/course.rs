//! The course of a scenario: the steps asked of the system, and under each what went between it and
//! Kanta.

use super::exchange::state;
use super::finding::FindingView;
use crate::evidence::{ActionRecord, Exchange};
use crate::report::listing::Listing;
use crate::report::redact;
use crate::report::words::Words;
use crate::run::StepVerdict;

/// Longest message to the user, in characters.
const LONGEST: usize = 600;

/// A step.
#[derive(Debug)]
pub struct StepView<'a> {
    /// Its name.
    pub name: &'a str,
    /// The action asked for.
    pub action: &'a str,
    /// How it ended, in data.
    pub kind: &'a str,
    /// How it ended, in words.
    pub outcome: &'a str,
    /// What the system showed its user.
    pub message: String,
    /// What was asked; `None` where the evidence does not tell.
    pub asked: Option<Listing>,
    /// What the system answered.
    pub answered: Option<Listing>,
    /// Messages that arrived while it ran.
    pub arrows: Vec<Arrow<'a>>,
    /// Findings about the step that no message explains.
    pub findings: Vec<FindingView<'a>>,
}

/// A message and its answer.
#[derive(Debug)]
pub struct Arrow<'a> {
    /// Number of the exchange.
    pub number: u64,
    /// What was asked of Kanta.
    pub operation: &'a str,
    /// What became of it.
    pub state: String,
    /// Whether Kanta did it.
    pub accepted: bool,
}

/// The arrow of an exchange.
pub fn arrow<'a>(exchange: &Exchange, words: &'a Words) -> Arrow<'a> {
    Arrow {
        number: exchange.number,
        operation: words.operation.of(exchange.operation),
        state: state(exchange, words),
        accepted: exchange.accepted,
    }
}

/// The step, with the record of its action where the evidence holds one.
pub fn step<'a>(
    step: &'a StepVerdict,
    record: Option<&ActionRecord>,
    arrows: Vec<Arrow<'a>>,
    findings: Vec<FindingView<'a>>,
    words: &'a Words,
) -> StepView<'a> {
    let listing = |value: &serde_json::Value| Listing::new(&format!("{value:#}"), &[]);
    StepView {
        name: &step.name,
        action: &step.action,
        kind: &step.outcome,
        outcome: words.step_outcome(&step.outcome),
        message: redact::line(&step.message, LONGEST),
        asked: record.map(|record| listing(&record.parameters)),
        answered: record.map(|record| listing(&record.result)),
        arrows,
        findings,
    }
}
