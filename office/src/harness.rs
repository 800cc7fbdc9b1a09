//! All that the office takes from the harness: checked values of the field, and nothing else.

pub use kantakoe::domain::{Hetu, Oid, holds_foreign_identity_code, mask_identity_codes};
