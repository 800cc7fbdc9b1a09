//! Writes results to stdout and progress to stderr.

use std::io::Write;

/// Writes a result.
pub fn say(text: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout().lock(), "{}", text.trim_end())
}

/// Writes progress; a line that cannot be written changes no result.
pub fn tell(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
