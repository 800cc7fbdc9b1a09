//! Disclosures that the system records, and the notices about them.

use jiff::Timestamp;
use serde::Deserialize;

use super::draft::DocumentKind;
use crate::domain::Person;

/// A disclosure as an action tells it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Disclosure {
    /// Key by which the result names it.
    pub key: String,
    /// Identity code of the client.
    pub client: String,
    pub recipient: Recipient,
    pub ground: String,
    pub channel: Channel,
    pub items: Vec<Item>,
    pub at: Timestamp,
    /// Key of the earlier disclosure that this one corrects.
    pub corrects: Option<String>,
    /// The tenant that disclosed, where it was not the organisation itself.
    #[serde(skip)]
    pub tenant: Option<Tenant>,
}

/// An organisation that has joined through this one (yhteisliittymismalli).
#[derive(Debug, Clone, Deserialize)]
pub struct Tenant {
    /// OID.
    pub id: String,
    pub name: String,
}

/// The way of a disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Outside the archive: a notice is due.
    OutsideArchive,
    /// Through the archive: Kanta logs it itself.
    ThroughArchive,
}

impl Channel {
    /// Its name in actions and in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::OutsideArchive => "outside-archive",
            Self::ThroughArchive => "through-archive",
        }
    }
}

/// A recipient: the client, or somebody with a name.
#[derive(Debug, Clone, Deserialize)]
pub struct Recipient {
    /// Whether it is the client.
    #[serde(default)]
    pub client: bool,
    /// OID.
    pub id: Option<String>,
    pub name: Option<String>,
    /// Whether it produces an outsourced service of the organisation: then this is no disclosure.
    #[serde(default)]
    pub producer: bool,
}

/// A disclosed item.
#[derive(Debug, Clone, Deserialize)]
pub struct Item {
    /// Set identifier of a document.
    pub document: Option<String>,
    /// What it is, where it is no document of the archive.
    pub description: Option<String>,
    /// Kind of the document, where the system knows it.
    #[serde(skip)]
    pub kind: Option<DocumentKind>,
}

/// A notice of one disclosure.
#[derive(Debug, Clone)]
pub struct Notice {
    /// OID of the AuditEvent.
    pub id: String,
    /// OID of its Provenance.
    pub provenance: String,
    /// Whom it is about.
    pub client: Person,
    pub disclosure: Disclosure,
    /// The identifier that Kanta gave it.
    pub permanent: Option<String>,
}
