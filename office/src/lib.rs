//! `kantakoe-office`: the coordinators' office. Register of customers, co-testing calendar and archivist's desk of a
//! coordinator of Kanta services, for its staff and for customers and archivists in self-service.
//!
//! The rooms stand here from the ground up. Each may use only what stands above it in this list;
//! `docs/architecture.md` says why, and a test reads the `use` lines and holds it.

pub mod access;
pub mod clock;
pub mod command;
pub mod elsewhere;
pub mod harness;
pub mod mail;
pub mod night;
pub mod page;
pub mod register;
pub mod sample;
pub mod settings;
pub mod store;
pub mod web;
pub mod words;
