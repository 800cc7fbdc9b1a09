//! Evidence: every exchange as it was, journalled in a hash chain before it is answered. This room
//! judges nothing.

mod declared;
mod entry;
mod journal;
mod service;
mod start_line;
mod use_log_record;

pub(crate) use declared::{HeldDeclaration, LoggedDisclosure};
pub(crate) use entry::ArchivedDocument;
pub use entry::{ActionRecord, Body, Caller, Entry, Exchange, Provenance, RecordedMessage, Snapshot};
pub(crate) use journal::JournalError;
pub use journal::{Journal, Listener, read_journal};
pub use service::{RequestKind, ServiceTag};
pub(crate) use start_line::StartLine;
pub use use_log_record::UseLogRecord;
