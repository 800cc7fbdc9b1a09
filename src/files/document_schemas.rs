//! Reads a folder of JSON Schemas, one file a content specification.

use std::fs;
use std::path::{Path, PathBuf};

use super::read::{FileError, read_text};
use crate::schema::{DocumentSchemas, SchemaError};

/// Why a folder of schemas cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SchemaFolderError {
    /// A file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The folder cannot be listed.
    #[error("cannot list {path}: {cause}")]
    Folder {
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// A schema cannot be used.
    #[error(transparent)]
    Schema(#[from] SchemaError),
}

/// The built-in schemas and those of the folder.
///
/// # Errors
/// When the folder or a file cannot be read, a file is not named after a content specification, or is no
/// JSON Schema.
pub fn load(folder: Option<&Path>) -> Result<DocumentSchemas, SchemaFolderError> {
    let Some(folder) = folder else { return Ok(DocumentSchemas::built_in()) };
    let failed = |cause| SchemaFolderError::Folder { path: folder.to_owned(), cause };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push((name, read_text(&path)?.text.to_string()));
        }
    }
    let schemas = DocumentSchemas::load(files)?;
    schemas.check()?;
    Ok(schemas)
}
