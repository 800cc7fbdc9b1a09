//! The FHIR R4 transaction Bundle of disclosure notices, and the answers to it.

mod notice;

pub use notice::{Agent, BundleEntry, Entity, NoticeBundle, ResourceKind};
