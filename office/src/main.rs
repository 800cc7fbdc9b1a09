//! The office's program: arguments, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    kantakoe_office::command::main()
}
