//! Where the system gives its use log by itself.

use std::path::PathBuf;

use super::faults::Fault;

/// Where the log goes after each action.
#[derive(Debug, Clone, Default)]
pub struct LogOutlet {
    /// A file, written anew.
    pub file: Option<PathBuf>,
    /// How it is written.
    pub format: LogFormat,
    /// An address that gets the new entries as JSON Lines.
    pub url: Option<String>,
}

/// How a file with the log is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LogFormat {
    /// Entries, one a line.
    #[default]
    Lines,
    /// AuditEvents of FHIR R4, one a line.
    AuditEvents,
    /// AuditEvents in a Bundle.
    Bundle,
}

impl LogFormat {
    /// The format of the file in which `fault` shows, where it shows in nothing but a file.
    pub fn showing(fault: Fault) -> Option<Self> {
        match fault {
            Fault::LogFileTorn | Fault::LogHashNotCanonical | Fault::LogNumbersSkip => Some(Self::Lines),
            Fault::AuditEventWithoutRequestor => Some(Self::AuditEvents),
            _ => None,
        }
    }
}
