//! The profile that a person names.

use std::path::Path;

use super::{FileError, read_text};
use crate::profile::{Profile, named};
use crate::source::{Diagnostics, SourceFile};

/// Why the profile that `--profile` names cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProfileError {
    /// None that ships is called so, and no such file can be read.
    #[error("error: {0}\nhint: `kantakoe profile --list` lists the profiles that ship; any other is a file")]
    File(#[from] FileError),
    /// Its text has mistakes.
    #[error("{0}")]
    Text(#[from] Diagnostics),
}

/// The profile that `--profile` names, and its file: one that ships, or a path; the built-in one where it names none.
///
/// # Errors
/// `File` or `Text`.
pub(crate) fn chosen_profile(said: Option<&str>) -> Result<(Profile, SourceFile), ProfileError> {
    let file = match said {
        None => Profile::built_in(),
        Some(said) => match named(&Profile::shipped(), said) {
            Some(file) => file.clone(),
            None => read_text(Path::new(said))?,
        },
    };
    Ok((Profile::read(&file)?, file))
}
