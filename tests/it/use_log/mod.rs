//! The use log: its rules, its schema, and files of it.

mod rules;
mod schema;

pub use schema::validator;
