//! The state of the archive during the judging of one message.

use super::core::Core;
use crate::state::{ArchiveKnowledge, Earlier, KnownVersion, OrganisationView};
use crate::wire::hl7::InstanceId;

/// What one organisation may know of the archive, as other connections change it. The state is locked for one question
/// at a time, so that nobody waits for the rules.
pub(super) struct LiveKnowledge<'a> {
    core: &'a Core,
    organisation: &'a str,
}

impl<'a> LiveKnowledge<'a> {
    /// What the organisation with this OID may know.
    pub(super) fn new(core: &'a Core, organisation: &'a str) -> Self {
        Self { core, organisation }
    }

    /// Whether the organisation keeps the register of `controller` or has access to it.
    pub(super) fn may_write_to(&self, controller: &str) -> bool {
        self.ask(|view| view.may_write_to(controller))
    }

    fn ask<T>(&self, question: impl FnOnce(OrganisationView<'_>) -> T) -> T {
        question(self.core.archive.state().seen_by(self.organisation, &self.core.profile))
    }
}

impl ArchiveKnowledge for LiveKnowledge<'_> {
    fn document(&self, id: &str) -> Option<KnownVersion> {
        self.ask(|view| view.document(id))
    }

    fn newest(&self, set_id: &str) -> Option<KnownVersion> {
        self.ask(|view| view.newest(set_id))
    }

    fn relationship_exists(&self, id: &str) -> bool {
        self.ask(|view| view.relationship_exists(id))
    }

    fn matter_exists(&self, id: &str) -> bool {
        self.ask(|view| view.matter_exists(id))
    }

    fn is_informed(&self, person: &str) -> bool {
        self.ask(|view| view.is_informed(person))
    }

    fn message(&self, id: &InstanceId, digest: &str) -> Earlier {
        self.ask(|view| view.message(id, digest))
    }

    fn request(&self, id: &str, body: &[u8]) -> Earlier {
        self.ask(|view| view.request(id, body))
    }

    fn resource(&self, id: &str, digest: &str) -> Earlier {
        self.ask(|view| view.resource(id, digest))
    }
}
