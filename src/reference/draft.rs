//! A document as the system knows it before it is written for the wire.

use jiff::Timestamp;
use serde::Deserialize;

use super::codes::{CodeTable, Coded};
use crate::domain::{Declared, Person};

/// Which document it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentKind {
    /// Asiakkuusasiakirja.
    ClientRelationship,
    /// Asia-asiakirja.
    Matter,
    /// Asiakasasiakirja 19005 of the second phase or later.
    ClientDocument,
    /// The same of the first phase.
    FirstPhaseDocument,
    /// The same, made before the organisation joined the archive.
    OldDocument,
    /// That the information about Kanta was given.
    Information,
    /// Luovutuslupa-asiakirja.
    Permit,
    /// Kieltoasiakirja.
    Prohibition,
}

/// A file that comes beside a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Content id by which the document refers to it.
    pub id: String,
    pub name: String,
    pub media_type: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// What a client declares in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    pub declared: Declared,
    /// Whether it is withdrawn.
    pub withdrawn: bool,
}

/// How a document is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DisplayForm {
    /// XHTML.
    #[default]
    Xhtml,
    /// PDF/A.
    PdfA,
}

/// A version of a document, ready to be written.
#[derive(Debug, Clone)]
pub struct Draft {
    pub kind: DocumentKind,
    /// Its OID.
    pub id: String,
    /// OID of its first version.
    pub set_id: String,
    /// Version number.
    pub version: u32,
    /// Whom it is about.
    pub client: Person,
    /// Set identifier of the client relationship (of a matter or an old document) or the matter (of another
    /// client document).
    pub above: Option<String>,
    /// OID of the service organiser in whose register it is stored; the organisation's own without.
    pub organiser: Option<String>,
    /// The version that it replaces.
    pub replaces: Option<VersionId>,
    /// Its text, marker included.
    pub text: String,
    /// What comes beside it.
    pub attachments: Vec<Attachment>,
    /// What it declares, where it is a declaration.
    pub intent: Option<Intent>,
    /// How it is shown.
    pub form: DisplayForm,
    /// When it is made.
    pub made: Timestamp,
}

/// One version of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionId {
    /// OID of this version.
    pub id: String,
    /// OID of the first version.
    pub set_id: String,
    /// Version number.
    pub version: u32,
}

impl Draft {
    /// Which version it is.
    pub fn version_id(&self) -> VersionId {
        VersionId { id: self.id.clone(), set_id: self.set_id.clone(), version: self.version }
    }
}

impl DocumentKind {
    /// The kind that a code of the document group names; anything unknown is a client document.
    pub fn of_group(code: &str, codes: &CodeTable) -> Self {
        let kinds = [
            Self::ClientRelationship,
            Self::Matter,
            Self::FirstPhaseDocument,
            Self::OldDocument,
            Self::Permit,
            Self::Prohibition,
            Self::Information,
        ];
        kinds.into_iter().find(|kind| kind.group(codes).code == code).unwrap_or(Self::ClientDocument)
    }

    /// Document group.
    pub fn group(self, codes: &CodeTable) -> &Coded {
        match self {
            Self::ClientRelationship => &codes.group_relationship,
            Self::Matter => &codes.group_matter,
            Self::ClientDocument => &codes.group_document,
            Self::FirstPhaseDocument => &codes.group_first_phase,
            Self::OldDocument => &codes.group_old,
            Self::Information => &codes.group_information,
            Self::Permit => &codes.group_permit,
            Self::Prohibition => &codes.group_prohibition,
        }
    }

    /// Service request under which it is stored.
    pub fn service_request(self, codes: &CodeTable) -> &Coded {
        match self {
            Self::ClientRelationship => &codes.store_relationship,
            Self::Matter => &codes.store_matter,
            Self::ClientDocument => &codes.store_document,
            Self::FirstPhaseDocument => &codes.store_first_phase,
            Self::OldDocument => &codes.store_old,
            Self::Information | Self::Permit | Self::Prohibition => &codes.store_declaration,
        }
    }

    /// OID of the schema of its structured form.
    pub fn content_specification(self) -> &'static str {
        match self {
            Self::ClientRelationship => "1.2.246.537.6.1505.1.2023.6.1",
            Self::Matter => "1.2.246.537.6.1505.2.2022.6.28",
            Self::Information => "2.25.255107866319923602995655518239666143274.1",
            Self::Permit => "1.2.246.537.6.1505.8.2023.6.1",
            Self::Prohibition => "1.2.246.537.6.1505.9.2023.6.5",
            _ => "1.2.246.537.6.1506.19005.2022.1.10",
        }
    }

    /// What a person calls it, in Finnish as in the display form.
    pub fn title(self) -> &'static str {
        match self {
            Self::ClientRelationship => "Asiakkuusasiakirja",
            Self::Matter => "Asia-asiakirja",
            Self::Information => "Kanta-informointi",
            Self::Permit => "Luovutuslupa-asiakirja",
            Self::Prohibition => "Kieltoasiakirja",
            _ => "Merkintä tapaamisesta tai yhteydenotosta",
        }
    }

    /// Whether it is a document of type 19005, in whichever group.
    pub fn is_note(self) -> bool {
        !matches!(self, Self::ClientRelationship | Self::Matter) && !self.is_declaration()
    }

    /// Whether a professional signs it; otherwise the system does. Who made an old document need not be there
    /// any more when it is archived.
    pub fn is_signed_by_professional(self) -> bool {
        matches!(self, Self::ClientDocument | Self::FirstPhaseDocument) || self.is_declaration()
    }

    /// Whether it points up to a client relationship.
    pub fn is_below_relationship(self) -> bool {
        matches!(self, Self::Matter | Self::OldDocument)
    }

    /// Whether it is a declaration of intent.
    pub fn is_declaration(self) -> bool {
        matches!(self, Self::Information | Self::Permit | Self::Prohibition)
    }

    /// The kind of document in which this is declared.
    pub fn of_declared(declared: &Declared) -> Self {
        match declared {
            Declared::Information => Self::Information,
            Declared::Permit { .. } => Self::Permit,
            Declared::Prohibition { .. } => Self::Prohibition,
        }
    }
}
