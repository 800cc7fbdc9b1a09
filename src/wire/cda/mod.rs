//! The CDA R2 document with Finland's `localSocialHeader`.

mod document;
mod read;

pub use document::{Body, Client, ClinicalDocument, LocalHeader, Parent, SignedBy};
pub use read::read_document;
