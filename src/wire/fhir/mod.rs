//! The FHIR R4 transaction Bundle of disclosure notices, and the answers to it.

mod answer;
mod node;
mod notice;
mod read;

pub use answer::{Issue, IssueSeverity, capability_statement, operation_outcome, transaction_response};
pub use notice::{Agent, BundleEntry, Entity, NoticeBundle, ResourceKind};
pub use read::{BundleLimits, read_bundle};
