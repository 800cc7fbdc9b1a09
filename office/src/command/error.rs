//! Why a command did not do what it should, and the exit code that says so.

use crate::store::StoreError;

/// Why a command did not do what it should.
#[derive(Debug, thiserror::Error)]
pub(super) enum CommandError {
    /// The settings are wrong.
    #[error("{0}")]
    Settings(String),
    /// The database did not do what it should.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The list of what was destroyed.
    #[error("{0}")]
    Ledger(String),
    /// The database could not be copied.
    #[error("the database cannot be copied: {0}")]
    Copy(rusqlite::Error),
    /// A file, a socket or the like.
    #[error("{0}: {1}")]
    System(String, std::io::Error),
}

impl CommandError {
    /// 3 for settings, 4 for a damaged store, 5 for the rest.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Settings(_) => 3,
            Self::Store(StoreError::Damaged(_)) => 4,
            _ => 5,
        }
    }
}
