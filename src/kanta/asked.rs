//! The archive during the judging of one message.

use std::cell::Cell;

use super::archive::ArchiveError;
use super::core::Core;
use super::declarations::{Gate, Requester};
use crate::profile::{Basis, Ruling};

/// The archive as the rules ask it. Rules know no errors of a store, so the first one is kept here until
/// they have ended. What rules about messages and about notices ask stands beside the work on each.
pub(super) struct Asked<'a> {
    pub(super) core: &'a Core,
    /// OID of the organisation that asks: what it may not see is not there for it.
    pub(super) organisation: &'a str,
    failure: Cell<Option<ArchiveError>>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(core: &'a Core, organisation: &'a str) -> Self {
        Self { core, organisation, failure: Cell::new(None) }
    }

    /// Whether the organisation may know of the version `id`: it is of its own register or one that it has
    /// access to, or the clients' declarations let it be disclosed.
    pub(super) fn may_know(&self, id: &str) -> bool {
        self.told(self.visible(id).map(Some)).unwrap_or(false)
    }

    fn visible(&self, id: &str) -> Result<bool, ArchiveError> {
        let Some(document) = self.core.archive.candidate(id)? else { return Ok(false) };
        if document.controller == self.organisation {
            return Ok(true);
        }
        let requester = Requester { organisation: self.organisation, client: None, basis: Basis::RegisterAccess };
        let mut gate = Gate::new(&self.core.archive, &self.core.profile, requester);
        Ok(matches!(gate.ruling(&document)?.0, Ruling::Use | Ruling::Disclose))
    }

    /// Whether the organisation keeps the register of `controller` or has access to it.
    pub(super) fn may_write_to(&self, controller: &str) -> bool {
        let has_access = || self.told(self.core.archive.has_access(self.organisation, controller).map(Some));
        controller == self.organisation || has_access().unwrap_or(false)
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
