//! Nullifying as the last resort.

use serde::Deserialize;
use serde_json::json;

use super::acting_archivist::ActingArchivist;
use super::refusal::ArchivistRefusal;
use super::showing::document;
use crate::kanta::archive::{ArchiveError, Change};
use crate::kanta::core::Core;
use crate::state::Fact;

const LONGEST_REASON: usize = 1000;

/// What a nullification needs beside its document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct NullificationRequest {
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    last_resort: bool,
}

impl NullificationRequest {
    pub(super) fn read(body: &[u8]) -> Result<Self, ArchivistRefusal> {
        serde_json::from_slice(body).map_err(|error| ArchivistRefusal::Unreadable(error.to_string()))
    }
}

/// Marks every version of the document as nullified; nothing is deleted.
pub(super) fn nullify(
    core: &Core,
    acting: &ActingArchivist,
    id: &str,
    wanted: &NullificationRequest,
) -> Result<String, ArchivistRefusal> {
    let document = document(core, acting, id)?;
    if document.nullified {
        return Err(ArchivistRefusal::NullifiedAlready(id.to_owned()));
    }
    if wanted.reason.trim().is_empty() || wanted.reason.chars().count() > LONGEST_REASON {
        return Err(ArchivistRefusal::Reason(LONGEST_REASON));
    }
    if !wanted.last_resort {
        return Err(ArchivistRefusal::NotLastResort);
    }
    mark_nullified(core, &document.set_id)?;
    Ok(format!("{:#}", json!({ "nullified": document.set_id })))
}

/// Marks every version of a set as nullified, whoever wants it.
pub(super) fn mark_nullified(core: &Core, set_id: &str) -> Result<(), ArchiveError> {
    let fact = Fact::Nullified { set_id: set_id.to_owned() };
    core.archive.apply(&Change::Nullification { set_id: set_id.to_owned() }, None, &[fact])
}
