//! A document is in the register of the controller whose it is.

use super::member::FINDING;
use super::{ExpectationKind, Expected, Member, MemberReader, ScenarioEvidence};
use crate::domain::Controller;
use crate::rule::{FindingCode, Findings};
use crate::words::Said;

/// What `see = "register"` is.
pub(super) const KIND: ExpectationKind = ExpectationKind {
    name: "register",
    sentence: "the document is in the register of this controller",
    members: &[DOCUMENT.description, CONTROLLER.description, FINDING.description],
    codes: &[],
    read: read_members,
};

const DOCUMENT: Member<String> = Member::document("document", "the document");
const CONTROLLER: Member<String> = Member::one_of("controller", &Controller::NAMES, "whose register it is");

/// A document of the archive is in the register of this controller.
#[derive(Debug)]
struct InRegister {
    document: String,
    /// The controller's name: own, other or organiser.
    controller: String,
    /// The finding when it is in another register.
    finding: FindingCode,
}

fn read_members(members: &mut MemberReader<'_>) -> Option<Box<dyn Expected>> {
    Some(Box::new(InRegister {
        document: members.get(&DOCUMENT)?,
        controller: members.get(&CONTROLLER)?,
        finding: members.get(&FINDING)?,
    }))
}

impl Expected for InRegister {
    fn codes(&self) -> Vec<FindingCode> {
        vec![self.finding]
    }

    /// Another controller is a finding; a document that is not there is no matter of this rule.
    fn judge(&self, step: &str, evidence: &ScenarioEvidence<'_>, out: &mut Findings<'_>) {
        let set_id = evidence.names.get(&self.document).and_then(|name| name.set_id.as_deref());
        let (Some(set_id), Some(snapshot)) = (set_id, evidence.snapshot) else { return };
        let expected = evidence.controllers.get(&self.controller).map_or("", String::as_str);
        let versions = snapshot.documents.iter().filter(|document| document.set_id == set_id);
        for version in versions.filter(|version| version.controller != expected) {
            out.add_for_step(self.finding, step, Said::value(expected), Said::value(version.controller.as_str()));
        }
    }
}
