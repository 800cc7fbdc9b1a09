//! What the rules about messages to the archive ask of it.

use crate::kanta::archive::Version;
use crate::kanta::asked::Asked;
use crate::profile::Opens;
use crate::rule::archive::{Known, KnownVersion};
use crate::rule::declaration::KnownDeclarations;
use crate::wire::hl7::InstanceId;

impl Asked<'_> {
    fn opened(&self, id: &str, opens: Opens) -> bool {
        let fits = |group: &str| self.core.profile.document_group(group).is_some_and(|row| row.opens == Some(opens));
        let openings = self.told(self.core.archive.openings(id).map(Some)).unwrap_or_default();
        openings.iter().any(|(group, controller)| fits(group) && self.may_write_to(controller))
    }
}

impl Known for Asked<'_> {
    fn document(&self, id: &str) -> Option<KnownVersion> {
        self.told(self.core.archive.version(id)).filter(|version| self.may_know(&version.id)).map(known)
    }

    fn newest(&self, set_id: &str) -> Option<KnownVersion> {
        self.told(self.core.archive.newest(set_id)).filter(|version| self.may_know(&version.id)).map(known)
    }

    fn relationship_exists(&self, id: &str) -> bool {
        self.opened(id, Opens::Relationship)
    }

    fn matter_exists(&self, id: &str) -> bool {
        self.opened(id, Opens::Matter)
    }

    fn is_informed(&self, person: &str) -> bool {
        KnownDeclarations::is_informed(self, person)
    }

    fn message(&self, id: &InstanceId) -> Option<String> {
        self.told(self.core.archive.message_digest(&super::work::name_of(id)))
    }
}

fn known(version: Version) -> KnownVersion {
    KnownVersion {
        id: version.id,
        set_id: version.set_id,
        version: version.version,
        controller: version.controller,
        newest: version.newest,
        nullified: version.nullified,
        content_digest: version.digest,
    }
}
