//! What a person asks to be judged.

use std::path::Path;

use jiff::Timestamp;

use crate::rule::Strictness;

/// Files to be judged, and by what.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CheckRequest<'a> {
    /// The file: a message with its frame, a document alone, a Bundle, or a use log.
    pub frame: &'a Path,
    /// The file of the document, where it is not inside the frame.
    pub document: Option<&'a Path>,
    pub strictness: Strictness,
    /// PEM file of the authorities of signers.
    pub trust: Option<&'a Path>,
    /// Folder of further JSON Schemas of documents.
    pub document_schemas: Option<&'a Path>,
    /// What the columns of a use log in CSV mean.
    pub mapping: Option<&'a Path>,
    /// Journal whose messages a use log is held against.
    pub evidence: Option<&'a Path>,
    /// Name and version of a profile that ships, or the path of one; the built-in one where none is named.
    pub profile: Option<&'a str>,
    /// When it is judged.
    pub now: Timestamp,
}
