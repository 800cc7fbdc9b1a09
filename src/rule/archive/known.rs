//! What the archive knew before a message came.

use crate::wire::hl7::InstanceId;

/// One version of a document that the archive holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownVersion {
    /// Document identifier.
    pub id: String,
    /// Identifier of the first version.
    pub set_id: String,
    /// Version, from 1.
    pub version: u32,
    /// Controller's OID.
    pub controller: String,
    /// Whether it is the newest of its set.
    pub newest: bool,
    /// Whether the document is nullified.
    pub nullified: bool,
    /// [`super::digest`] of the text of the document.
    pub content_digest: String,
}

/// What the archive knew before this message. The archive answers from its store, the judge from the
/// evidence up to the message.
pub trait Known {
    /// False where nobody can say what the archive holds, as when a file is judged on its own. Then
    /// nothing counts as missing.
    fn complete(&self) -> bool {
        true
    }

    /// The version with this document identifier.
    fn document(&self, id: &str) -> Option<KnownVersion>;

    /// The newest version of the set.
    fn newest(&self, set_id: &str) -> Option<KnownVersion>;

    /// Whether there is a client relationship with this identifier.
    fn relationship_exists(&self, id: &str) -> bool;

    /// Whether there is a matter with this identifier.
    fn matter_exists(&self, id: &str) -> bool;

    /// Whether this person, told by the identity code, has been given the information about Kanta.
    fn is_informed(&self, person: &str) -> bool;

    /// [`super::ArchiveReading::message_digest`] of the message that carried this identifier before.
    fn message(&self, id: &InstanceId) -> Option<String>;
}

/// An archive that nobody asked: for judging a file on its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct NotAsked;

impl Known for NotAsked {
    fn complete(&self) -> bool {
        false
    }

    fn document(&self, _: &str) -> Option<KnownVersion> {
        None
    }

    fn newest(&self, _: &str) -> Option<KnownVersion> {
        None
    }

    fn relationship_exists(&self, _: &str) -> bool {
        false
    }

    fn matter_exists(&self, _: &str) -> bool {
        false
    }

    fn is_informed(&self, _: &str) -> bool {
        false
    }

    fn message(&self, _: &InstanceId) -> Option<String> {
        None
    }
}
