//! All that the office takes from the harness: checked values of the field, and nothing else.

pub use kantakoe::domain::{Hetu, Oid, foreign_identity_code_in, mask_identity_codes};
