//! Reads the files that a person names, with their path in every error.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::source::SourceFile;

/// Largest text file that is read.
const LARGEST_TEXT: u64 = 4 * 1024 * 1024;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The system said no.
    #[error("cannot read {path}: {cause}")]
    Unreadable {
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Too large to be what is meant.
    #[error("{path} is larger than {limit} bytes")]
    TooLarge { path: PathBuf, limit: u64 },
    /// Not UTF-8.
    #[error("{path} is not UTF-8 text")]
    NotText { path: PathBuf },
}

/// The bytes of a file, at most `limit` of them.
///
/// # Errors
/// `Unreadable` or `TooLarge`.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let unreadable = |cause| FileError::Unreadable { path: path.to_owned(), cause };
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > limit { Err(FileError::TooLarge { path: path.to_owned(), limit }) } else { Ok(bytes) }
}

/// The text of a file under the path that the user gave.
///
/// # Errors
/// `Unreadable`, `TooLarge` or `NotText`.
pub fn read_text(path: &Path) -> Result<SourceFile, FileError> {
    let bytes = read_bytes(path, LARGEST_TEXT)?;
    let text = String::from_utf8(bytes).map_err(|_| FileError::NotText { path: path.to_owned() })?;
    Ok(SourceFile::new(path.display().to_string(), text))
}

/// The first bytes of a file, at most `most` of them.
///
/// # Errors
/// `Unreadable`.
pub fn read_start(path: &Path, most: u64) -> Result<Vec<u8>, FileError> {
    let unreadable = |cause| FileError::Unreadable { path: path.to_owned(), cause };
    let mut bytes = Vec::new();
    File::open(path).map_err(unreadable)?.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}
