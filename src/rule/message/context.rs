//! What rules may ask beside the message itself.

use jiff::Timestamp;

use crate::evidence::Caller;
use crate::profile::Profile;
use crate::rule::{Catalogue, Strictness};
use crate::schema::DocumentSchemas;
use crate::state::ArchiveKnowledge;
use crate::wire::trust::TrustAnchors;

/// What a message is judged by.
#[derive(Clone, Copy)]
pub struct ArchiveContext<'a> {
    /// What the specification says.
    pub profile: &'a Profile,
    /// The kinds of findings.
    pub catalogue: &'a Catalogue,
    /// How rules count that no published source backs.
    pub strictness: Strictness,
    /// Schemas of the structured form.
    pub schemas: &'a DocumentSchemas,
    /// Authorities of those who sign.
    pub trust: &'a TrustAnchors,
    /// Who sent the message.
    pub caller: &'a Caller,
    /// What the archive knew before.
    pub known: &'a dyn ArchiveKnowledge,
    /// When the message came; certificates are judged at this moment where a signature tells no other.
    pub now: Timestamp,
}
