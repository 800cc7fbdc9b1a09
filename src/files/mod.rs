//! The files that a person names: read within bounds, with their path in every error.

mod document_schemas;
mod profile;
mod read;

pub(crate) use document_schemas::{SchemaFolderError, load as load_document_schemas};
pub(crate) use profile::{ProfileError, chosen_profile};
pub(crate) use read::{FileError, read_bytes, read_start, read_text};
