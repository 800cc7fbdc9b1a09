//! A document is in the register of the controller whose it is.

use super::Case;
use crate::rule::{FindingCode, Findings};

/// A document of the archive is in the register of this controller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InRegister {
    /// The step after which it is so.
    pub step: String,
    /// The document's name.
    pub document: String,
    /// The controller's name: own, other or organiser.
    pub controller: String,
    /// The finding when it is in another register.
    pub finding: FindingCode,
}

impl InRegister {
    /// Another controller is a finding; a document that is not there is no matter of this rule.
    pub fn judge(&self, case: &Case<'_>, out: &mut Findings<'_>) {
        let set_id = case.names.get(&self.document).and_then(|name| name.set_id.as_deref());
        let (Some(set_id), Some(snapshot)) = (set_id, case.snapshot) else { return };
        let expected = case.controllers.get(&self.controller).map_or("", String::as_str);
        let versions = snapshot.documents.iter().filter(|document| document.set_id == set_id);
        for version in versions.filter(|version| version.controller != expected) {
            out.add_for_step(self.finding, &self.step, expected, version.controller.as_str());
        }
    }
}
