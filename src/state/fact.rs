//! Facts: what happened to the archive, each once, in order.

use serde::{Deserialize, Serialize};

use super::fingerprint::Fingerprint;
use crate::domain::Declared;
use crate::profile::Opens;

/// Something that happened to the archive. The state follows from the facts and their order alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// A version came into the archive: a new document, a correction, a nullification, or one planted by a scenario.
    Stored(DocumentVersion),
    /// Every version of a set was nullified, without a new one.
    Nullified { set_id: String },
    /// A declaration is in force, in place of what its person had declared under its identifier.
    Declared {
        id: String,
        /// Identity code of the person.
        person: String,
        declared: Declared,
    },
    /// A declaration is no longer in force.
    Withdrawn {
        id: String,
        /// Identity code of the person whose it is.
        person: String,
    },
    /// An organisation may use the register of another.
    AccessGranted {
        /// OID of the organisation that may.
        producer: String,
        /// OID of the controller of the register.
        organiser: String,
    },
    /// A message to the archive came.
    MessageCame {
        /// Root and extension of its identifier, joined by a colon.
        id: String,
        /// What tells its content.
        content: Fingerprint,
        /// Whether it was answered for good. What is met by a fault that may pass is not.
        answered: bool,
    },
    /// A request to the FHIR root came.
    RequestCame {
        /// Its `X-Request-Id`.
        id: String,
        /// What tells its body.
        body: Fingerprint,
    },
    /// A resource of a disclosure notice is kept.
    ResourceKept {
        /// Identifier that the sender gave.
        id: String,
        /// What tells its content.
        content: Fingerprint,
    },
}

/// One version of a document, as far as anything that comes later depends on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentVersion {
    pub id: String,
    /// Identifier of the first version.
    pub set_id: String,
    /// Version, from 1.
    pub version: u32,
    /// Its clients, each as [`crate::domain::person_key`] tells them.
    pub persons: Vec<String>,
    /// Controller's OID.
    pub controller: String,
    /// Code of the service task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_task: Option<String>,
    /// The client relationship or matter that it opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<Opened>,
    /// Whether it nullifies its document.
    pub nullified: bool,
    /// What tells its text and attachments.
    pub content: Fingerprint,
}

/// A client relationship or matter that a document opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Which of them, as the profile says of the document's group.
    pub kind: Opens,
    pub id: String,
}
