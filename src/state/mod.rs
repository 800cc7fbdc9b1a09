//! What Kanta knows: one pure fold of facts. The endpoint folds what it does, the judge what the evidence tells of
//! it, and rules ask both in the same way.

mod archive_state;
mod decide;
mod declarations;
mod disclosure;
mod documents;
mod fact;
mod fingerprint;
mod knowledge;
#[cfg(test)]
mod tests;
mod view;

pub use archive_state::ArchiveState;
pub use decide::{DisclosureFacts, Requester, SubjectDocument, decide};
pub use declarations::DeclarationState;
pub use fact::{DocumentVersion, Fact, Opened};
pub use fingerprint::Fingerprint;
pub use knowledge::{ArchiveKnowledge, Earlier, KnownVersion, UnknownArchive};
pub use view::OrganisationView;
