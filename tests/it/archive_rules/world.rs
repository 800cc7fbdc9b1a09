//! The archive that the drafts come to: one client relationship, one matter, three documents.

use kantakoe::state::{ArchiveKnowledge, Earlier, Fingerprint, KnownVersion};
use kantakoe::wire::hl7::InstanceId;

/// Start of every identifier of the fixtures.
pub const STEM: &str = "1.2.246.10.99999991.95.2026.9.";

/// What it knew before, and the messages that came.
#[derive(Debug, Clone, Default)]
pub struct World {
    /// Digest of what came under the message number 999.
    pub message: Option<String>,
    /// Digest of what the archive holds as document 501; nothing where `None`.
    pub document: Option<String>,
    /// Whether nobody has been given the information about Kanta.
    pub is_uninformed: bool,
}

impl World {
    fn versions(&self) -> Vec<KnownVersion> {
        let version = |id: &str, set_id: &str, version, newest, digest: &str| KnownVersion {
            id: format!("{STEM}{id}"),
            set_id: format!("{STEM}{set_id}"),
            version,
            controller: "1.2.246.10.99999991.10.0".to_owned(),
            newest,
            nullified: false,
            content: Fingerprint::of(digest),
        };
        let mut versions = vec![
            version("600", "600", 1, true, "of 600"),
            version("700", "700", 1, false, "of 700"),
            version("701", "700", 2, true, "of 701"),
        ];
        versions.extend(self.document.as_ref().map(|digest| version("501", "501", 1, true, digest)));
        versions
    }
}

impl ArchiveKnowledge for World {
    fn document(&self, id: &str) -> Option<KnownVersion> {
        self.versions().into_iter().find(|version| version.id == id)
    }

    fn newest(&self, set_id: &str) -> Option<KnownVersion> {
        self.versions().into_iter().find(|version| version.set_id == set_id && version.newest)
    }

    fn relationship_exists(&self, id: &str) -> bool {
        id == format!("{STEM}300")
    }

    fn matter_exists(&self, id: &str) -> bool {
        id == format!("{STEM}400")
    }

    fn is_informed(&self, _: &str) -> bool {
        !self.is_uninformed
    }

    fn message(&self, id: &InstanceId, digest: &str) -> Earlier {
        match (id.extension.as_str(), &self.message) {
            ("999", Some(earlier)) if earlier == digest => Earlier::Same { answered: true },
            ("999", _) => Earlier::Other,
            _ => Earlier::Nothing,
        }
    }

    fn request(&self, _: &str, _: &[u8]) -> Earlier {
        Earlier::Nothing
    }

    fn resource(&self, _: &str, _: &str) -> Earlier {
        Earlier::Nothing
    }
}
