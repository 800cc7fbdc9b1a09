//! The places of findings about a use log.

use crate::wire::{Location, Part};

/// A JSON pointer in the log.
pub(super) fn in_log(pointer: impl Into<String>) -> Location {
    Location::path(Part::UseLog, pointer.into())
}
