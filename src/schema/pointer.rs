//! JSON pointers (RFC 6901).

use std::fmt::Display;

/// The pointer to the member or element `name` of what `place` points to.
pub(super) fn below(place: &str, name: impl Display) -> String {
    format!("{place}/{}", name.to_string().replace('~', "~0").replace('/', "~1"))
}
