//! At most one agent of an AuditEvent is its requestor (FHIR R4, AuditEvent.agent.requestor).

use super::case::Case;
use super::notes::Notes;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for entry in case.notices() {
        for agent in entry.agents.iter().filter(|agent| agent.requestor == Some(true)).skip(1) {
            let pointer = format!("{}/requestor", agent.spot.path);
            notes.bundle("notice-structure-wrong", pointer, "one requestor at most", "another one");
        }
    }
}
