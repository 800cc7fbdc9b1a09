//! The command line: one file a command. It alone writes to stdout.

mod arguments;
mod background;
mod backup;
mod check_log;
mod console;
mod error;
mod link;
mod outcome;
mod sample;
mod serve;

pub use outcome::main;
