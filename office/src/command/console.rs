//! What is said on the terminal.

/// Says a line to the one who started the program.
#[expect(clippy::print_stdout, reason = "the command line is the one place that prints")]
pub(super) fn say(line: &str) {
    println!("{line}");
}

/// Says what went wrong.
#[expect(clippy::print_stderr, reason = "the command line is the one place that prints")]
pub(super) fn say_wrong(line: &str) {
    eprintln!("{line}");
}
