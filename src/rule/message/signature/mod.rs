//! Rules about the electronic signatures of a document. Every signature is judged, not the first found.

mod covered;
pub(super) mod signature_differs;
pub(super) mod signature_form_unusual;
pub(super) mod signature_form_wrong;
pub(super) mod signature_kind_unfit;
pub(super) mod signature_missing;
pub(super) mod signature_target_wrong;
pub(super) mod signature_time_not_covered;
pub(super) mod signature_time_wrong;
pub(super) mod signature_unverified;
pub(super) mod signature_value_wrong;
mod signed;
pub(super) mod signer_named_otherwise;
pub(super) mod signer_not_author;
pub(super) mod signer_not_trusted;
