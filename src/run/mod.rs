//! A run: events, the executor, waiting, and the one fold of verdicts. It knows no report.

mod action_keys;
mod canary;
mod clock;
mod doctor;
mod event;
mod evidence_log;
mod executor;
mod expected;
mod fold;
mod history;
mod judge;
mod lane;
mod lanes;
mod log_source;
mod misdirected;
mod parameters;
mod planting;
mod probe;
mod result;
mod rules;
mod scenario_run;
mod shown;
mod strays;
mod tampering;

pub(crate) use event::{Event, EventSink};
pub use evidence_log::EvidenceLog;
pub use executor::Run;
pub use expected::ExpectedFailures;
pub use judge::state_after;
pub use lane::Lane;
pub(crate) use log_source::LogFile;
pub use log_source::LogSource;
pub use result::{Counts, Held, ProfileValidity, RunHeader, RunResult, Selection, SystemFacts};
pub(crate) use result::{Reason, ReasonCode, ScenarioVerdict, StepVerdict};
pub use rules::Rules;
