//! The CDA R2 document with Finland's `localSocialHeader`.

mod document;

pub use document::{Body, Client, ClinicalDocument, LocalHeader, Parent, SignatureKind, SignedBy};
