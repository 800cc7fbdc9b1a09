//! The archive: documents, answered messages, disclosure notices and what was handed out, in SQLite.
//! It knows no wire format and no sockets.

mod archivist_log;
mod documents;
mod handed_out;
mod messages;
mod notices;
mod search;
mod store;
#[cfg(test)]
mod tests;

pub(super) use archivist_log::Act;
pub(super) use documents::{Change, StoredDocument, Version};
pub use handed_out::HandedOut;
pub(super) use messages::AnsweredMessage;
pub(super) use notices::{KeptResource, NewResource};
pub(super) use search::{Filter, Found};
pub(super) use store::Archive;
pub use store::ArchiveError;
