//! One lane of a run.

use std::sync::Arc;

use super::evidence_log::EvidenceLog;
use super::log_source::LogSource;
use super::rules::Rules;
use crate::driver::HttpDriver;
use crate::kanta::RunningKanta;

/// A simulated Kanta of its own and the system that talks to it. Clones share it.
#[derive(Clone)]
pub struct Lane {
    /// Its name; empty for the main archive.
    pub name: String,
    pub kanta: Arc<RunningKanta>,
    pub driver: HttpDriver,
    /// Where the use log comes from.
    pub use_log: LogSource,
    /// What has been written of this lane.
    pub evidence: EvidenceLog,
    /// What everything is judged by.
    pub rules: Arc<Rules>,
}
