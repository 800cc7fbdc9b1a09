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
pub(crate) use decide::{Requester, SubjectDocument};
pub use fact::Fact;
pub(crate) use fact::{DocumentVersion, Opened};
pub use fingerprint::Fingerprint;
pub use knowledge::{ArchiveKnowledge, Earlier, KnownVersion, UnknownArchive};
pub(crate) use view::OrganisationView;
