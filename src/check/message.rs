//! A message to the archive in a file, or a document alone.

use std::collections::BTreeMap;

use super::files::{self, CheckError, Checked};
use super::request::CheckRequest;
use crate::evidence::Caller;
use crate::files::{chosen_profile, load_document_schemas};
use crate::profile::Profile;
use crate::reading::{ArchiveReading, read_pair};
use crate::rule::message::{ArchiveContext, judge};
use crate::rule::{Catalogue, Finding};
use crate::state::UnknownArchive;
use crate::wire::Part;

/// What the rules about messages find; those about what Kanta knows have nothing to look at.
pub(super) fn checked(
    request: &CheckRequest<'_>,
    catalogue: &Catalogue,
) -> Result<(Checked, Vec<Finding>), CheckError> {
    let (profile, _) = chosen_profile(request.profile)?;
    let schemas = load_document_schemas(request.document_schemas)?;
    let trust = files::trust(request.trust)?;
    let reading = reading(request, &profile)?;
    let context = ArchiveContext {
        profile: &profile,
        catalogue,
        strictness: request.strictness,
        schemas: &schemas,
        trust: &trust,
        caller: &Caller::default(),
        known: &UnknownArchive,
        now: request.now,
    };
    let checked = Checked {
        frame: request.frame.to_owned(),
        document: request.document.map(ToOwned::to_owned),
        operation: Some(reading.operation(&profile)),
        part: if reading.is_document_alone() { Part::Document } else { Part::Frame },
        entries: None,
        counts: BTreeMap::new(),
    };
    Ok((checked, judge(&reading, &context, None)))
}

fn reading(request: &CheckRequest<'_>, profile: &Profile) -> Result<ArchiveReading, CheckError> {
    let most = profile.limits.body_bytes as u64;
    let document = request.document.map(|path| files::bytes(path, most)).transpose()?;
    Ok(read_pair(&files::bytes(request.frame, most)?, document.as_deref(), &profile.limits.reading()))
}
