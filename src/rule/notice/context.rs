//! What the rules look at beside the request.

use jiff::Timestamp;

use crate::profile::Profile;
use crate::rule::{Catalogue, Strictness};
use crate::state::ArchiveKnowledge;
use crate::wire::trust::TrustAnchors;

/// What the rules look at beside the request.
#[derive(Clone, Copy)]
pub struct NoticeContext<'a> {
    pub profile: &'a Profile,
    pub catalogue: &'a Catalogue,
    /// How rules without a published source count.
    pub strictness: Strictness,
    /// Who may issue the certificates of signers.
    pub trust: &'a TrustAnchors,
    /// When the request arrived.
    pub now: Timestamp,
    /// Addresses of the FHIR root; a token must be meant for one of them. A slash at the end does not
    /// count.
    pub audience: &'a [String],
    pub known: &'a dyn ArchiveKnowledge,
    /// Number of the exchange, for the findings.
    pub exchange: Option<u64>,
}
