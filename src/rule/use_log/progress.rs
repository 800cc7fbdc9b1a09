//! What judging a log keeps from one entry to the next, whatever way the log came.

use super::call_entries::CallEntries;
use super::hash_link::HashLink;
use super::sequence::{Before, OrderCase};
use super::stages::{IN_ORDER, OF_WHOLE};
use super::whole::WholeCase;
use crate::evidence::ActionRecord;
use crate::reading::{Calls, LogEntry};
use crate::rule::{Findings, run_stages};

/// What the entries so far leave.
#[derive(Debug)]
pub(super) struct SequenceProgress<'a> {
    before: Before,
    calls: Option<CallEntries<'a>>,
    /// Whether every entry of the log is there: else numbers and hashes say nothing.
    is_whole: bool,
}

impl<'a> SequenceProgress<'a> {
    /// Nothing came so far of a log that is held against `calls`, where they are known.
    pub fn new(calls: Option<&'a Calls>, is_whole: bool) -> Self {
        Self { before: Before::default(), calls: calls.map(CallEntries::new), is_whole }
    }

    /// Judges the next entry, which names the call with this number.
    pub fn take(
        &mut self,
        entry: &LogEntry<'_>,
        (call, link): (Option<usize>, HashLink),
        is_judged: bool,
        findings: &mut Findings<'_>,
    ) {
        let doubled = self.calls.as_mut().and_then(|calls| calls.take(entry, call));
        let case = OrderCase { entry, link: &link, before: &self.before, is_judged, doubled };
        run_stages(IN_ORDER, &case, findings);
        match (is_judged, self.is_whole) {
            (true, true) => self.before.advance(entry, link),
            (true, false) => self.before.take_time(entry),
            (false, _) => {}
        }
    }

    /// What stood in the place of an entry cannot be read.
    pub fn interrupt(&mut self) {
        self.before.interrupt();
    }

    /// Judges the log as a whole; `entries` are held against `actions`.
    pub fn finish(&self, entries: &[LogEntry<'_>], actions: &[&ActionRecord], findings: &mut Findings<'_>) {
        let before = self.is_whole.then_some(&self.before);
        run_stages(OF_WHOLE, &WholeCase { calls: self.calls.as_ref(), before, entries, actions }, findings);
    }
}
