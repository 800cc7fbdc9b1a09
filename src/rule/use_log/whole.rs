//! A log as a whole, after its last entry.

use super::call_entries::CallEntries;
use super::sequence::Before;
use crate::evidence::ActionRecord;
use crate::reading::LogEntry;
use crate::rule::Subject;

/// Rules about a log as a whole.
pub(in crate::rule) enum WholeLog {}

impl Subject for WholeLog {
    type Of<'a> = WholeCase<'a>;
}

/// A log after its last entry.
pub(in crate::rule) struct WholeCase<'a> {
    /// Which calls have their entries; `None` where no traffic is at hand.
    pub(super) calls: Option<&'a CallEntries<'a>>,
    /// What the entries leave, where the log is all there; `None` for a selection of entries.
    pub(super) before: Option<&'a Before>,
    /// The entries, where they are held against `actions`.
    pub entries: &'a [LogEntry<'a>],
    /// The actions that the log must tell where they never reached Kanta.
    pub actions: &'a [&'a ActionRecord],
}
