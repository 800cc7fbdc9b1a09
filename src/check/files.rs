//! The files that are read to be judged, and why one cannot be.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::log_file::LogFileError;
use crate::domain::Operation;
use crate::evidence::JournalError;
use crate::files::{FileError, ProfileError, SchemaFolderError, read_bytes};
use crate::source::Diagnostics;
use crate::wire::Part;
use crate::wire::trust::{TrustAnchors, TrustError};

/// Largest file of authorities.
const LARGEST_TRUST: u64 = 1024 * 1024;

/// Why nothing could be judged.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CheckError {
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
}

/// What was judged.
#[derive(Debug)]
pub(crate) struct Checked {
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
