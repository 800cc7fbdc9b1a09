//! A notice names the recipient: beside the controller there is another agent, one of them a contained party
//! with an identifier or a name that is told to be the recipient.

use super::case::Case;
use super::controller::is_controller;
use super::notes::Notes;
use crate::domain::Code;
use crate::profile::RoleRules;
use crate::wire::fhir::{Agent, BundleEntry};

const UNCLEAR: &str = "notice-recipient-unclear";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    for entry in case.notices() {
        check_notice(entry, &case.context.profile.notice.role, notes);
    }
}

/// Whether `agent` is a recipient. The national role codes are not known, so with none of the profile's
/// own roles, whoever neither is the controller nor asked for the disclosure to be recorded counts.
fn is_recipient(agent: &Agent, rules: &RoleRules) -> bool {
    let own_role = agent.roles.iter().find(|role| role.system == rules.system);
    match own_role {
        Some(role) => *role == Code::new(&rules.recipient, &rules.system),
        None => !is_controller(agent, rules) && agent.requestor == Some(false),
    }
}

/// That there is no one beside the controller is certain; who of the others is the recipient is told by what
/// the profile assumes.
fn check_notice(entry: &BundleEntry, rules: &RoleRules, notes: &mut Notes) {
    let agents = || format!("{}/agent", entry.resource());
    if entry.agents.iter().all(|agent| is_controller(agent, rules)) {
        return notes.bundle("notice-recipient-missing", agents(), "a recipient", "none");
    }
    let mut recipients = entry.agents.iter().filter(|agent| is_recipient(agent, rules)).peekable();
    if recipients.peek().is_none() {
        notes.bundle(UNCLEAR, agents(), "a recipient", "none");
    }
    for recipient in recipients.filter(|agent| agent.identifier.is_none() && agent.name.is_none()) {
        let actual = if recipient.party.is_some() { "neither" } else { "no contained party" };
        let pointer = format!("{}/who", recipient.spot.path);
        notes.bundle(UNCLEAR, pointer, "a contained party with an identifier or a name", actual);
    }
}
