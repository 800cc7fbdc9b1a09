//! The use log: its rules, its schema, and files of it.

mod file;
mod rules;
mod schema;

pub use file::Desk;
pub use schema::validator;
