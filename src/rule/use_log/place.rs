//! The places of findings about a use log.

use crate::wire::{Part, Spot};

/// A JSON pointer in the log.
pub(super) fn in_log(pointer: impl Into<String>) -> Spot {
    Spot::path(Part::UseLog, pointer.into())
}
