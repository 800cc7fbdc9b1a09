//! The places of findings about a request.

use crate::wire::{Location, Part};

/// A JSON pointer in the Bundle.
pub(in crate::rule) fn in_bundle(pointer: impl Into<String>) -> Location {
    Location::path(Part::Bundle, pointer.into())
}

/// A JSON pointer in the claims of the token.
pub(super) fn in_token(pointer: impl Into<String>) -> Location {
    Location::path(Part::Token, pointer.into())
}

/// A header of the request, or another part of its head.
pub(super) fn in_header(name: impl Into<String>) -> Location {
    Location::path(Part::Http, name.into())
}
