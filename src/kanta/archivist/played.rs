//! The archivist whom a scenario plays: acts as one who calls, without a call.

use super::asker::Asker;
use super::nullify::{Nullification, nullify};
use super::refusal::Refusal;
use crate::kanta::archive::Act;
use crate::kanta::core::Core;

/// Who acts, in the log of acts.
const ARCHIVIST: &str = "kantakoe";

/// Nullifies the document with this identifier as the archivist of `controller`.
pub(in crate::kanta) fn play_nullification(core: &Core, controller: &str, id: &str) -> Result<(), Refusal> {
    let controller = controller.to_owned();
    let asker = Asker { archivist: ARCHIVIST.to_owned(), register: controller.clone(), controller };
    let wanted = Nullification { reason: "Näytemitätöinti.".to_owned(), last_resort: true };
    nullify(core, &asker, id, &wanted)?;
    Ok(core.archive.note_act(&Act {
        exchange: 0,
        at: core.clock.now(),
        archivist: asker.archivist,
        controller: asker.controller,
        register: asker.register,
        action: "nullify".to_owned(),
        about: id.to_owned(),
        reason: Some(wanted.reason),
        outcome: "done".to_owned(),
    })?)
}
