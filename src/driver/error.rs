//! Why a vendor's system could not be driven.

use crate::words::{Said, said};

/// A failure on the way to the system, never a failure of conformance.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.said())]
pub enum DriverError {
    /// Nothing answers at the address.
    Unreachable {
        address: String,
        /// What the network said.
        cause: Said,
    },
    /// TLS with the driver failed.
    NotTrusted { address: String, cause: Said },
    /// Another version of the driver API.
    Version {
        address: String,
        /// What the driver says.
        theirs: String,
        /// What the harness speaks.
        ours: String,
    },
    /// The driver answered what the driver API does not know, or broke the connection.
    Broken {
        /// Address of the request.
        request: Said,
        what: Said,
    },
    /// The action had no end in the time that the configuration gives (`action-seconds`).
    TimedOut { seconds: u64 },
    /// The use log that the configuration names cannot be read.
    LogUnreadable { what: Said },
    /// The driver took the connection and said nothing in the time that the configuration gives
    /// (`answer-seconds`).
    Silent { address: String, seconds: u64 },
}

impl DriverError {
    /// What is told of it.
    pub fn said(&self) -> Said {
        match self.clone() {
            Self::Unreachable { address, cause } => said::no_driver_answers_at(address, cause),
            Self::NotTrusted { address, cause } => said::the_tls_connection_to_the_driver_at(address, cause),
            Self::Version { address, theirs, ours } => said::the_driver_at_speaks_version_of_the(address, theirs, ours),
            Self::Broken { request, what } => said::the_driver_s_answer_at_is_not(request, what),
            Self::TimedOut { seconds } => said::the_action_had_no_end_within_s(seconds),
            Self::LogUnreadable { what } => said::the_use_log_cannot_be_read(what),
            Self::Silent { address, seconds } => said::the_driver_at_gave_no_answer_within(address, seconds),
        }
    }

    /// Whether a system that is about to start may show it for a while.
    pub fn may_pass(&self) -> bool {
        !matches!(self, Self::Version { .. } | Self::NotTrusted { .. })
    }
}
