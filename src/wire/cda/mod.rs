//! The CDA R2 document with Finland's `localSocialHeader`.

mod document;
mod read;

pub use document::{Client, ClinicalDocument, LocalHeader, NonXmlBody, Parent, SignedBy};
pub use read::{read_document, read_document_as};
