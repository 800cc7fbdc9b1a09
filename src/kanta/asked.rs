//! The archive during the judging of one message.

use std::cell::Cell;

use super::archive::ArchiveError;
use super::core::Core;

/// The archive as the rules ask it. Rules know no errors of a store, so the first one is kept here until
/// they have ended. What rules about messages and about notices ask stands beside the work on each.
pub(super) struct Asked<'a> {
    pub(super) core: &'a Core,
    failure: Cell<Option<ArchiveError>>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(core: &'a Core) -> Self {
        Self { core, failure: Cell::new(None) }
    }

    /// The first error that asking met.
    pub(super) fn end(self) -> Result<(), ArchiveError> {
        self.failure.into_inner().map_or(Ok(()), Err)
    }

    /// What the store answered; nothing where it failed.
    pub(super) fn told<T>(&self, answer: Result<Option<T>, ArchiveError>) -> Option<T> {
        answer.unwrap_or_else(|error| {
            self.failure.set(Some(self.failure.take().unwrap_or(error)));
            None
        })
    }
}
