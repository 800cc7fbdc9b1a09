//! The files that `kantakoe check` reads, and their names in what it prints.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::exit_code::ExitCode;
use crate::cli::files::{FileError, read_bytes, read_text};
use crate::domain::Operation;
use crate::schema::{DocumentSchemas, SchemaError};
use crate::source::Diagnostics;
use crate::wire::trust::{TrustAnchors, TrustError};

/// Largest file of authorities.
const LARGEST_TRUST: u64 = 1024 * 1024;

/// Why nothing could be judged.
#[derive(Debug, thiserror::Error)]
pub(super) enum CheckError {
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// A folder cannot be listed.
    #[error("cannot list {path}: {cause}")]
    Folder {
        /// Its path.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The file of authorities holds something else.
    #[error("{path}: {cause}")]
    Trust {
        /// Its path.
        path: PathBuf,
        /// What is wrong.
        cause: TrustError,
    },
    /// A schema cannot be used.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// The built-in tables hold a mistake.
    #[error("{0}")]
    BuiltIn(Diagnostics),
}

impl CheckError {
    /// How the program ends.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::File(_) | Self::Folder { .. } => ExitCode::Configuration,
            Self::Trust { .. } | Self::Schema(_) => ExitCode::Usage,
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
    /// What the message asks.
    pub operation: Operation,
    /// Whether the first file is a document without a frame.
    pub is_document_alone: bool,
}

/// The bytes of a message. One more than `most` is read, so that the rule about the bound can tell.
pub(super) fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, CheckError> {
    Ok(read_bytes(path, most.saturating_add(1))?)
}

/// The built-in schemas and those of the folder.
pub(super) fn schemas(folder: Option<&Path>) -> Result<DocumentSchemas, CheckError> {
    let Some(folder) = folder else { return Ok(DocumentSchemas::built_in()) };
    let failed = |cause| CheckError::Folder { path: folder.to_owned(), cause };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push((name, read_text(&path)?.text.to_string()));
        }
    }
    Ok(DocumentSchemas::load(files)?)
}

/// The authorities of the file; none without one.
pub(super) fn trust(path: Option<&Path>) -> Result<TrustAnchors, CheckError> {
    let Some(path) = path else { return Ok(TrustAnchors::default()) };
    let pem = read_bytes(path, LARGEST_TRUST)?;
    TrustAnchors::from_pem(&pem).map_err(|cause| CheckError::Trust { path: path.to_owned(), cause })
}
