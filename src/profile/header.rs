//! The states that header and frame tell of a document.

use serde::Deserialize;

use crate::domain::Evidence;

/// The states of a document that is ready for archiving.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReadyStates {
    /// `localSocialHeader/recordStatus/@code`.
    pub record_status: String,
    /// `clinicalDocument/statusCode/@code` of the frame.
    pub status: String,
    /// `clinicalDocument/completionCode/@code` of the frame.
    pub completion: String,
    /// `clinicalDocument/storageCode/@code` of the frame.
    pub storage: String,
    /// How well they are known.
    pub evidence: Evidence,
}
