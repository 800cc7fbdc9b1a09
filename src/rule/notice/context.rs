//! What the rules look at beside the request.

use jiff::Timestamp;

use crate::profile::Profile;
use crate::rule::{Catalogue, Strictness};
use crate::wire::trust::TrustAnchors;

/// What the rules look at beside the request.
#[derive(Clone, Copy)]
pub struct NoticeContext<'a> {
    /// The profile.
    pub profile: &'a Profile,
    /// The catalogue.
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
    /// What came before.
    pub known: &'a dyn KnownNotices,
    /// Number of the exchange, for the findings.
    pub exchange: Option<u64>,
}

/// What Kanta knew before this request. The endpoint answers from its store, the judge from the
/// evidence up to the request.
pub trait KnownNotices {
    /// Whether a request with this `X-Request-Id` came before with another body.
    fn is_request_reused(&self, request_id: &str, body: &[u8]) -> bool;

    /// [`super::content_digest`] of the resource that is stored already with this identifier. A notice that
    /// is sent again, as it was, reuses nothing.
    fn notice_digest(&self, id: &str) -> Option<String>;
}

/// Nothing came before: for judging a file on its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct NothingKnown;

impl KnownNotices for NothingKnown {
    fn is_request_reused(&self, _: &str, _: &[u8]) -> bool {
        false
    }

    fn notice_digest(&self, _: &str) -> Option<String> {
        None
    }
}
