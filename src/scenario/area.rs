//! The areas of the adoption test.

/// Areas, in the order in which reports show them.
pub const AREAS: [&str; 8] =
    ["storage", "search", "replacement", "access-right", "declarations", "disclosure-notice", "log", "robustness"];
