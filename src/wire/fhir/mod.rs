//! The FHIR R4 transaction Bundles of disclosure notices and of declarations, and the answers to them.

mod answer;
mod declaration;
mod node;
mod notice;
mod outcome;
mod read;

pub(crate) use answer::{IssueSeverity, OutcomeIssue, capability_statement, operation_outcome, transaction_response};
pub use declaration::Consent;
pub(crate) use declaration::{ConsentProvenance, DeclarationBundle};
pub(crate) use notice::{Agent, BundleEntry, Entity, NoticeBundle, ResourceKind};
pub(crate) use outcome::{ToldIssue, read_issues};
pub(crate) use read::{BundleLimits, read_bundle};
