//! Evidence: every exchange as it was, journalled in a hash chain before it is answered. This room
//! judges nothing.

mod entry;
mod journal;

pub use entry::{
    ActionRecord, ArchivedDocument, Body, Caller, Channel, Entry, Exchange, Message, Provenance, Snapshot,
};
pub use journal::{Journal, JournalError, Listener, read_journal};
