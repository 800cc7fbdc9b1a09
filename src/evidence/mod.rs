//! Evidence: every exchange as it was, journalled in a hash chain before it is answered. This room
//! judges nothing.

mod declared;
mod entry;
mod journal;
mod service;
mod start_line;
mod use_log_record;

pub use declared::{HeldDeclaration, LoggedDisclosure};
pub use entry::{ActionRecord, ArchivedDocument, Body, Caller, Entry, Exchange, Provenance, RecordedMessage, Snapshot};
pub use journal::{Journal, JournalError, Listener, read_journal};
pub use service::{RequestKind, ServiceTag};
pub use start_line::StartLine;
pub use use_log_record::UseLogRecord;
