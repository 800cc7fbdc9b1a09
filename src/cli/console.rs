//! The one place that writes to stdout and stderr.

use std::io::Write;

/// Writes data to stdout. A reader that went away is no error.
pub(super) fn say(text: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Writes talk to stderr.
pub(super) fn tell(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
