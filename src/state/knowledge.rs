//! What rules may ask about what came before.

use super::fingerprint::Fingerprint;
use crate::wire::hl7::InstanceId;

/// One version of a document that the archive holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownVersion {
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
    /// What tells its text and attachments.
    pub content: Fingerprint,
}

/// What came before under an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Earlier {
    /// Nothing.
    Nothing,
    /// The same, as it is now.
    Same {
        /// Whether it was answered for good then.
        answered: bool,
    },
    /// Something else.
    Other,
}

impl Earlier {
    /// Whether the same came before and was answered for good: it asks nothing new.
    pub fn is_answered(self) -> bool {
        self == Self::Same { answered: true }
    }
}

/// What Kanta knew before a message. The endpoint answers from the state that it keeps, the judge from one that it
/// folds from the evidence up to the message.
pub trait ArchiveKnowledge {
    /// False where nobody can say what the archive holds, as when a file is judged on its own. Then
    /// nothing counts as missing.
    fn is_complete(&self) -> bool {
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

    /// What came before as the message `id`; `digest` tells the content of the one at hand.
    fn message(&self, id: &InstanceId, digest: &str) -> Earlier;

    /// What came before with this `X-Request-Id`; `body` is the one at hand.
    fn request(&self, id: &str, body: &[u8]) -> Earlier;

    /// What is kept as the resource `id` of a notice; `digest` tells the content of the one at hand.
    fn resource(&self, id: &str, digest: &str) -> Earlier;
}

/// An archive of which nobody can say what it holds: for judging a file on its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct UnknownArchive;

impl ArchiveKnowledge for UnknownArchive {
    fn is_complete(&self) -> bool {
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

    fn message(&self, _: &InstanceId, _: &str) -> Earlier {
        Earlier::Nothing
    }

    fn request(&self, _: &str, _: &[u8]) -> Earlier {
        Earlier::Nothing
    }

    fn resource(&self, _: &str, _: &str) -> Earlier {
        Earlier::Nothing
    }
}
