//! The areas of the adoption test.

/// Areas, in the order in which reports show them.
pub const AREAS: [&str; 9] = [
    "storage",
    "search",
    "replacement",
    "access-right",
    "declarations",
    "disclosure-notice",
    "forms",
    "log",
    "robustness",
];
