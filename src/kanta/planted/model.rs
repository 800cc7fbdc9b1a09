//! What a planted document is.

use jiff::Timestamp;

use crate::domain::Person;
use crate::profile::Profile;

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub oid: String,
    pub name: String,
}

/// Facts of a document that the archive is to hold beforehand. From them a whole CDA document is
/// written, so that searches give it like any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlantedDocument {
    /// Identifier of this version.
    pub id: String,
    /// Identifier of the first version.
    pub set_id: String,
    /// Version, from 1.
    pub version: u32,
    /// Identifier of the version that this one replaces.
    pub replaces: Option<String>,
    pub kind: PlantedKind,
    /// Whose document it is.
    pub client: Person,
    pub controller: Party,
    /// Code of its service task (palvelutehtävä).
    pub service_task: String,
    /// Heading of the display form.
    pub title: String,
    /// What it says; the place of a marker.
    pub text: String,
    /// When it was made.
    pub effective: Timestamp,
    /// Whether it is nullified.
    pub nullified: bool,
}

/// What a planted document is. Group, types and content specification follow from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlantedKind {
    /// A client relationship (asiakkuusasiakirja); its set is the relationship's identifier.
    ClientRelationship,
    /// A matter (asia-asiakirja); its set is the matter's identifier.
    Matter {
        /// The client relationship that it belongs to.
        relationship: String,
    },
    /// A note of a meeting or contact of the type that the profile names.
    ClientDocument {
        /// The matter that it belongs to.
        matter: String,
    },
    /// A client document of the first phase (I vaiheen asiakasasiakirja), to be read by people only.
    FirstPhaseDocument {
        /// The matter that it belongs to.
        matter: String,
        document_type: String,
    },
    /// A client document that is older than the use of the archive (vanha asiakasasiakirja), to be read by people only.
    OldDocument {
        /// The client relationship that it belongs to.
        relationship: String,
        document_type: String,
    },
}

impl PlantedKind {
    /// Its name in the profile.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::ClientRelationship => "client-relationship",
            Self::Matter { .. } => "matter",
            Self::FirstPhaseDocument { .. } => "first-phase-document",
            Self::OldDocument { .. } => "old-document",
            Self::ClientDocument { .. } => "client-document",
        }
    }

    /// General and specific document type. The general one is the number of the specific one without its last three
    /// digits, as the published schemas have it but for three of them.
    pub(super) fn types<'a>(&'a self, profile: &'a Profile) -> Option<(&'a str, &'a str)> {
        let specific = match self {
            Self::ClientRelationship | Self::Matter { .. } => return None,
            Self::ClientDocument { .. } => profile.type_of_kind(self.name()),
            Self::FirstPhaseDocument { document_type, .. } | Self::OldDocument { document_type, .. } => document_type,
        };
        Some((specific.get(..specific.len().saturating_sub(3)).unwrap_or_default(), specific))
    }
}
