//! The areas of the adoption test.

/// Areas, in the order in which reports show them.
pub const AREAS: [&str; 6] = ["storage", "search", "replacement", "disclosure-notice", "log", "robustness"];
