//! The FHIR R4 transaction Bundles of disclosure notices and of declarations, and the answers to them.

mod answer;
mod declaration;
mod node;
mod notice;
mod outcome;
mod read;

pub use answer::{IssueSeverity, OutcomeIssue, capability_statement, operation_outcome, transaction_response};
pub use declaration::{Consent, ConsentProvenance, DeclarationBundle};
pub use notice::{Agent, BundleEntry, Entity, NoticeBundle, ResourceKind};
pub use outcome::{ToldIssue, read_issues};
pub use read::{BundleLimits, read_bundle};
