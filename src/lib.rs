//! `kantakoe`: a conformance test harness for systems that store social-welfare client data in
//! Finland's Kanta services.
//!
//! The rooms stand here from the ground up. Each may use only what stands above it in this list;
//! ARCHITECTURE.md says why, and a test reads the `use` lines and holds it.

pub mod check;
pub mod cli;
pub(crate) mod configuration;
pub mod domain;
pub mod driver;
pub mod evidence;
pub(crate) mod files;
pub mod kanta;
pub mod pki;
pub mod profile;
pub mod reading;
pub mod reference;
pub mod report;
pub mod rule;
pub mod run;
pub mod scenario;
pub mod schema;
pub mod source;
pub mod state;
pub mod wire;
pub mod words;
