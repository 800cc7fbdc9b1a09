//! What a run judges by.

use std::sync::Arc;

use crate::profile::Profile;
use crate::rule::{Catalogue, Findings, Strictness};
use crate::schema::DocumentSchemas;
use crate::wire::trust::TrustAnchors;

/// What everything is judged by.
pub struct Rules {
    pub profile: Arc<Profile>,
    pub catalogue: Arc<Catalogue>,
    pub schemas: DocumentSchemas,
    pub trust: TrustAnchors,
    /// How rules without a published source or standard count, and recommendations.
    pub strictness: Strictness,
    /// Addresses that a token may be meant for.
    pub audience: Vec<String>,
    /// Seed of the run.
    pub seed: u64,
}

impl Rules {
    pub(super) fn findings(&self) -> Findings<'_> {
        Findings::new(&self.catalogue, self.strictness)
    }
}
