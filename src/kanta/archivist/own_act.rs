//! The archivist whom a scenario plays: acts as one who calls, without a call.

use super::acting_archivist::ActingArchivist;
use super::nullify::mark_nullified;
use super::refusal::ArchivistRefusal;
use super::showing::document;
use crate::kanta::archive::{Act, ArchiveError};
use crate::kanta::core::Core;

/// Who acts, in the log of acts.
const ARCHIVIST: &str = "kantakoe";
const REASON: &str = "Näytemitätöinti.";

/// Nullifies the document with this identifier as the archivist of `controller`; false where there is none to
/// nullify.
pub(in crate::kanta) fn nullify_as_archivist(core: &Core, controller: &str, id: &str) -> Result<bool, ArchiveError> {
    let controller = controller.to_owned();
    let acting = ActingArchivist { archivist: ARCHIVIST.to_owned(), register: controller.clone(), controller };
    let found = match document(core, &acting, id) {
        Ok(found) => found,
        Err(ArchivistRefusal::Archive(error)) => return Err(error),
        Err(_) => return Ok(false),
    };
    if found.nullified {
        return Ok(false);
    }
    mark_nullified(core, &found.set_id)?;
    core.archive.note_act(&Act {
        exchange: 0,
        at: core.clock.now(),
        archivist: acting.archivist,
        controller: acting.controller,
        register: acting.register,
        action: "nullify".to_owned(),
        about: id.to_owned(),
        reason: Some(REASON.to_owned()),
        outcome: "done".to_owned(),
    })?;
    Ok(true)
}
