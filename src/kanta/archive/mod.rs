//! The archive: documents, declarations, answered messages, disclosure notices, what was handed out and
//! disclosed, in SQLite.
//! It knows no wire format and no sockets.

mod archivist_log;
mod declarations;
mod disclosures;
mod documents;
mod facts;
mod forms;
mod handed_out;
mod messages;
mod notices;
mod outlines;
mod search;
#[cfg(test)]
mod search_model;
mod store;
#[cfg(test)]
mod tests;

pub(super) use archivist_log::Act;
pub(super) use declarations::DeclarationChange;
pub use disclosures::DisclosureQuery;
pub(crate) use disclosures::LogRemoval;
pub(super) use documents::{Change, StoredAttachment, StoredDocument};
pub(super) use forms::{FormRecord, FormState};
pub(crate) use handed_out::HandedOut;
pub(super) use messages::AnsweredMessage;
pub(super) use notices::{KeptResource, NewResource};
pub(super) use outlines::DocumentOutline;
pub(super) use search::{Candidate, Filter};
pub(super) use store::Archive;
pub(crate) use store::ArchiveError;
