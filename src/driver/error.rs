//! Why a vendor's system could not be driven.

/// A failure on the way to the system, never a failure of conformance.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DriverError {
    /// Nothing answers at the address.
    #[error("no driver answers at {address}: {cause}")]
    Unreachable {
        /// The address.
        address: String,
        /// What the network said.
        cause: String,
    },
    /// TLS with the driver failed.
    #[error("the TLS connection to the driver at {address} was not accepted: {cause}")]
    NotTrusted {
        /// The address.
        address: String,
        /// What TLS said.
        cause: String,
    },
    /// Another version of the driver API.
    #[error("the driver at {address} speaks version {theirs} of the driver API, the harness speaks {ours}")]
    Version {
        /// The address.
        address: String,
        /// What the driver says.
        theirs: String,
        /// What the harness speaks.
        ours: String,
    },
    /// The driver answered what the driver API does not know, or broke the connection.
    #[error("the driver's answer at {request} is not of the driver API: {what}")]
    Broken {
        /// Address of the request.
        request: String,
        /// What is wrong.
        what: String,
    },
    /// The action had no end in the time that the configuration gives (`action-seconds`).
    #[error("the action had no end within {seconds} s")]
    TimedOut {
        /// The time.
        seconds: u64,
    },
    /// The use log that the configuration names cannot be read.
    #[error("the use log cannot be read: {what}")]
    LogUnreadable {
        /// Why.
        what: String,
    },
    /// The driver took the connection and said nothing in the time that the configuration gives
    /// (`answer-seconds`).
    #[error("the driver at {address} gave no answer within {seconds} s")]
    Silent {
        /// The address.
        address: String,
        /// The time.
        seconds: u64,
    },
}

impl DriverError {
    /// Whether a system that is about to start may show it for a while.
    pub fn may_pass(&self) -> bool {
        !matches!(self, Self::Version { .. } | Self::NotTrusted { .. })
    }
}
