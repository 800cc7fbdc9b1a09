//! Rules about disclosure notices: one request to the FHIR root, its headers, its token, its Bundle and
//! the Bundle's signature.

mod bundle_too_large;
mod certificate_invalid;
mod contained_wrong;
mod context;
mod controller_missing;
mod element_forbidden;
mod element_missing;
mod full_url_differs;
mod id_reused;
mod id_wrong;
mod identity_code_foreign;
mod identity_code_wrong;
mod interaction_wrong;
mod item_undescribed;
mod maker_differs;
mod media_type_wrong;
mod not_transaction;
mod pair_incomplete;
mod parties;
mod persons_mixed;
mod place;
mod profile;
mod recipient_missing;
mod recipient_unclear;
mod recorded_early;
mod request_id;
mod request_not_judged;
mod role_wrong;
mod signature_missing;
mod signature_wrong;
mod signer_differs;
mod stages;
mod structure_wrong;
mod subject;
mod token_certificate_invalid;
mod token_claim_missing;
mod token_missing;
mod token_organisation_differs;
mod token_refused;
mod unreadable;

pub use context::NoticeContext;
pub(in crate::rule) use place::in_bundle;
pub use stages::{judge, judge_body, judge_file};
pub(in crate::rule) use stages::{judge_any_request, rules};
