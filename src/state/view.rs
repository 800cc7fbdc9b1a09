//! The state as one organisation may know it: what it may not see is not there for it.

use super::archive_state::ArchiveState;
use super::decide::Requester;
use super::documents::Version;
use super::fingerprint::Fingerprint;
use super::knowledge::{ArchiveKnowledge, Earlier, KnownVersion};
use crate::profile::{Basis, Opens, Profile, Ruling};
use crate::wire::hl7::InstanceId;

/// What one organisation may know of the archive.
#[derive(Debug, Clone, Copy)]
pub struct OrganisationView<'a> {
    state: &'a ArchiveState,
    organisation: &'a str,
    profile: &'a Profile,
}

impl ArchiveState {
    /// What `organisation`, told by its OID, may know of the archive.
    pub fn seen_by<'a>(&'a self, organisation: &'a str, profile: &'a Profile) -> OrganisationView<'a> {
        OrganisationView { state: self, organisation, profile }
    }
}

impl OrganisationView<'_> {
    /// Whether the organisation keeps the register of `controller` or has access to it.
    pub fn may_write_to(&self, controller: &str) -> bool {
        controller == self.organisation || self.state.has_access(self.organisation, controller)
    }

    /// Whether the organisation may know of a version: it is of its own register or one that it has access to, or the
    /// clients' declarations let it be disclosed.
    fn may_know(&self, version: &Version) -> bool {
        let document = version.subject();
        if document.controller == self.organisation {
            return true;
        }
        let requester = Requester { organisation: self.organisation, client: None, basis: Basis::RegisterAccess };
        let (ruling, _) = self.state.ruling(self.profile, requester, &document);
        matches!(ruling, Ruling::Use | Ruling::Disclose)
    }

    fn known(&self, version: Option<&Version>) -> Option<KnownVersion> {
        version.filter(|version| self.may_know(version)).map(|version| self.state.documents.known(version))
    }

    fn opened(&self, kind: Opens, id: &str) -> bool {
        self.state.documents.openings(kind, id).any(|controller| self.may_write_to(controller))
    }
}

impl ArchiveKnowledge for OrganisationView<'_> {
    fn document(&self, id: &str) -> Option<KnownVersion> {
        self.known(self.state.documents.version(id))
    }

    fn newest(&self, set_id: &str) -> Option<KnownVersion> {
        self.known(self.state.documents.newest(set_id))
    }

    fn relationship_exists(&self, id: &str) -> bool {
        self.opened(Opens::Relationship, id)
    }

    fn matter_exists(&self, id: &str) -> bool {
        self.opened(Opens::Matter, id)
    }

    fn is_informed(&self, person: &str) -> bool {
        self.state.is_informed(person)
    }

    fn message(&self, id: &InstanceId, digest: &str) -> Earlier {
        self.state.message(&id.to_string(), Fingerprint::of(digest))
    }

    fn request(&self, id: &str, body: &[u8]) -> Earlier {
        self.state.request(id, Fingerprint::of(body))
    }

    fn resource(&self, id: &str, digest: &str) -> Earlier {
        self.state.resource(id, Fingerprint::of(digest))
    }
}
