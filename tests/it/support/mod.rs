//! What several integration tests need.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The folder of reference material beside the working tree, where it is there. Without it the test is
/// skipped with a printed line; where the variable `CI` is `true` that is a failure instead.
pub fn shared() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    folder.is_dir().then_some(folder).or_else(|| skip("the folder ../shared is absent"))
}

/// A program of the system, where it is installed; else as [`shared`].
pub fn tool(name: &str) -> Option<Command> {
    let probe = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    probe.is_ok().then(|| Command::new(name)).or_else(|| skip(&format!("{name} is not installed")))
}

#[expect(clippy::print_stderr, reason = "a skipped test has to say so")]
fn skip<T>(reason: &str) -> Option<T> {
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{reason}");
    eprintln!("skipped: {reason}");
    None
}
