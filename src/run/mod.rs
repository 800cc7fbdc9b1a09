//! A run: events, the executor, waiting, and the one fold of verdicts. It knows no report.

mod event;
mod result;

pub use event::Event;
pub use result::{Counts, Reason, ReasonCode, RunHeader, RunResult, ScenarioVerdict, StepVerdict, SystemFacts};
