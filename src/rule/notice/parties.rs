//! Who of the agents of a notice discloses and who receives. The national role codes are not known, so other members
//! of an agent tell it as well as its role does.

use crate::domain::Code;
use crate::profile::RoleRules;
use crate::wire::fhir::{Agent, BundleEntry};

/// The disclosing controllers of a notice.
pub(super) fn controllers<'a>(notice: &'a BundleEntry, rules: &RoleRules) -> Vec<&'a Agent> {
    notice.agents.iter().filter(|agent| is_controller(agent, rules)).collect()
}

/// The recipients of a notice; none where all of its agents are controllers.
pub(super) fn recipients<'a>(notice: &'a BundleEntry, rules: &'a RoleRules) -> impl Iterator<Item = &'a Agent> {
    let has_others = has_others(notice, rules);
    notice.agents.iter().filter(move |agent| has_others && is_recipient(agent, rules))
}

/// Whether anybody stands in the notice beside its controllers.
pub(super) fn has_others(notice: &BundleEntry, rules: &RoleRules) -> bool {
    notice.agents.iter().any(|agent| !is_controller(agent, rules))
}

/// The register type tells a controller as well as the role does.
fn is_controller(agent: &Agent, rules: &RoleRules) -> bool {
    agent.register.is_some() || agent.roles.contains(&Code::new(&rules.controller, &rules.system))
}

/// With none of the profile's own roles, whoever neither is the controller nor asked for the disclosure to be
/// recorded counts as a recipient.
fn is_recipient(agent: &Agent, rules: &RoleRules) -> bool {
    let own_role = agent.roles.iter().find(|role| role.system == rules.system);
    match own_role {
        Some(role) => *role == Code::new(&rules.recipient, &rules.system),
        None => !is_controller(agent, rules) && agent.requestor == Some(false),
    }
}
