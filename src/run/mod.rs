//! A run: events, the executor, waiting, and the one fold of verdicts. It knows no report.

mod clock;
mod doctor;
mod event;
mod evidence_log;
mod executor;
mod expected;
mod fold;
mod history;
mod judge;
mod lanes;
mod log_source;
mod parameters;
mod planting;
mod result;
mod scenario_run;
mod shown;
mod tampering;

pub use event::Event;
pub use evidence_log::EvidenceLog;
pub use executor::{EventSink, Lane, Run};
pub use expected::ExpectedFailures;
pub use judge::Rules;
pub use log_source::{LogFile, LogSource, ReadLog};
pub use result::{
    Counts, Held, ProfileValidity, Reason, ReasonCode, RunHeader, RunResult, ScenarioVerdict, StepVerdict, SystemFacts,
};
