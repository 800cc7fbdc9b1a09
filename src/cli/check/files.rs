//! The files that `kantakoe check` reads, and their names in what it prints.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::exit_code::ExitCode;
use crate::cli::log_file::LogFileError;
use crate::cli::profile::ProfileError;
use crate::domain::Operation;
use crate::evidence::JournalError;
use crate::files::SchemaFolderError;
use crate::files::{FileError, read_bytes};
use crate::source::Diagnostics;
use crate::wire::Part;
use crate::wire::trust::{TrustAnchors, TrustError};

/// Largest file of authorities.
const LARGEST_TRUST: u64 = 1024 * 1024;

/// Why nothing could be judged.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum CheckError {
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The file of authorities holds something else.
    #[error("{path}: {cause}")]
    Trust { path: PathBuf, cause: TrustError },
    /// The evidence cannot be used.
    #[error(transparent)]
    Evidence(JournalError),
    /// The log cannot be read.
    #[error(transparent)]
    Log(#[from] LogFileError),
    /// The file is something else.
    #[error("{0} holds no use log")]
    NoLog(PathBuf),
    /// The mapping holds mistakes.
    #[error("{0}")]
    Mapping(Diagnostics),
    /// The schemas cannot be used.
    #[error(transparent)]
    Schemas(#[from] SchemaFolderError),
    /// The profile cannot be used.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The built-in tables hold a mistake.
    #[error("{0}")]
    BuiltIn(Diagnostics),
}

impl CheckError {
    /// How the program ends.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::File(_) | Self::Evidence(_) | Self::Profile(ProfileError::File(_)) => ExitCode::Configuration,
            Self::Trust { .. } | Self::Mapping(_) | Self::NoLog(_) | Self::Profile(ProfileError::Text(_)) => {
                ExitCode::Usage
            }
            Self::Log(error) => error.exit_code(),
            Self::Schemas(error) => ExitCode::from(error),
            Self::BuiltIn(_) => ExitCode::Error,
        }
    }
}

/// What was judged.
#[derive(Debug)]
pub(super) struct Checked {
    /// The file with the frame, or with the document alone.
    pub frame: PathBuf,
    /// The file with the document, where it is one of its own.
    pub document: Option<PathBuf>,
    /// What the message asks; a use log asks nothing.
    pub operation: Option<Operation>,
    /// What the first file is.
    pub part: Part,
    /// How many entries of a use log were judged.
    pub entries: Option<u64>,
    /// How many findings of each code there are where not all are shown.
    pub counts: BTreeMap<String, u64>,
}

/// The bytes of a message. One more than `most` is read, so that the rule about the bound can tell.
pub(super) fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, CheckError> {
    Ok(read_bytes(path, most.saturating_add(1))?)
}

/// The authorities of the file; none without one.
pub(super) fn trust(path: Option<&Path>) -> Result<TrustAnchors, CheckError> {
    let Some(path) = path else { return Ok(TrustAnchors::default()) };
    let pem = read_bytes(path, LARGEST_TRUST)?;
    TrustAnchors::from_pem(&pem).map_err(|cause| CheckError::Trust { path: path.to_owned(), cause })
}
