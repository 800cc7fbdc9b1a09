//! The use log: its rules, its schema, and files of it.

mod file;
mod guarding;
mod intake;
mod rules;
mod schema;

pub use file::Desk;
pub use rules::log as right_log;
pub use schema::validator;
