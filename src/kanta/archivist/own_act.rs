//! The archivist whom a scenario plays: acts as one who calls, without a call.

use super::asker::Asker;
use super::nullify::mark_nullified;
use super::refusal::Refusal;
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
    let asker = Asker { archivist: ARCHIVIST.to_owned(), register: controller.clone(), controller };
    let found = match document(core, &asker, id) {
        Ok(found) => found,
        Err(Refusal::Archive(error)) => return Err(error),
        Err(_) => return Ok(false),
    };
    if found.nullified {
        return Ok(false);
    }
    mark_nullified(core, &found.set_id)?;
    core.archive.note_act(&Act {
        exchange: 0,
        at: core.clock.now(),
        archivist: asker.archivist,
        controller: asker.controller,
        register: asker.register,
        action: "nullify".to_owned(),
        about: id.to_owned(),
        reason: Some(REASON.to_owned()),
        outcome: "done".to_owned(),
    })?;
    Ok(true)
}
