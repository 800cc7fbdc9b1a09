//! The archive as the rules about notices ask it.

use std::cell::Cell;

use crate::kanta::archive::{Archive, ArchiveError};
use crate::rule::archive::digest;
use crate::rule::notice::KnownNotices;

/// The archive during the judging of one request. The first error of the store is kept until the rules
/// have ended.
pub(super) struct Asked<'a> {
    archive: &'a Archive,
    failure: Cell<Option<ArchiveError>>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(archive: &'a Archive) -> Self {
        Self { archive, failure: Cell::new(None) }
    }

    /// The first error that asking met.
    pub(super) fn end(self) -> Result<(), ArchiveError> {
        self.failure.into_inner().map_or(Ok(()), Err)
    }

    fn told<T>(&self, answer: Result<Option<T>, ArchiveError>) -> Option<T> {
        answer.unwrap_or_else(|error| {
            self.failure.set(Some(self.failure.take().unwrap_or(error)));
            None
        })
    }
}

impl KnownNotices for Asked<'_> {
    fn is_request_reused(&self, request_id: &str, body: &[u8]) -> bool {
        self.told(self.archive.request_digest(request_id)).is_some_and(|earlier| earlier != digest(body))
    }

    fn is_notice_reused(&self, id: &str, content_digest: &str) -> bool {
        self.told(self.archive.resource(id)).is_some_and(|kept| kept.digest != content_digest)
    }
}
