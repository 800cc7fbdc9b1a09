//! What happens in a run, told to every reporter. Reporters never answer.

use std::sync::Arc;

use super::result::{RunHeader, RunResult, ScenarioVerdict};

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// The run begins with so many scenarios.
    RunStarted { header: Arc<RunHeader>, scenarios: usize },
    /// A scenario begins.
    ScenarioStarted { id: String },
    /// The driver was asked for an action; the run waits for the vendor's system.
    StepStarted { scenario: String, step: String, action: String },
    /// A scenario has its verdict.
    ScenarioFinished(Arc<ScenarioVerdict>),
    /// The run is over.
    RunFinished(Arc<RunResult>),
}

/// A reporter's ear.
pub type EventSink = Arc<dyn Fn(Event) + Send + Sync>;
