//! The CDA R2 document with Finland's `localSocialHeader`.

mod document;
mod read;

pub use document::{Client, ClinicalDocument};
pub(crate) use document::{LocalHeader, NonXmlBody, Parent, SignedBy};
pub use read::read_document;
pub(crate) use read::read_document_as;
