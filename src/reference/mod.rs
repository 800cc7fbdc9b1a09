//! The reference system: a small, believable client information system that is driven over the
//! driver API and talks to Kanta, and the table of faults that it can be told to have.
//!
//! It shares only `domain` with the rest: with one serialiser on both sides of the wire, a shared
//! mistake would cancel out and a passing reference would prove nothing.

mod action;
mod answer;
mod api;
mod audit_event;
mod basis;
mod body;
mod bundle;
mod canonical;
mod clock;
mod codes;
mod consent;
mod declaration_form;
mod declarations;
mod declaring;
mod declaring_documents;
mod disclosing;
mod disclosure;
mod document;
mod draft;
mod ending;
mod faults;
mod forms;
mod frame;
mod glyphs;
mod guarding;
mod identity;
mod ids;
mod issues;
mod journal;
mod jws;
mod log_outlet;
mod nobody;
mod notices;
mod outbox;
mod outgoing_form;
mod outlet;
mod pdf;
mod query;
mod register;
mod reporting;
mod searching;
mod settings;
mod signature;
mod soap;
mod start;
mod storing;
mod summary;
mod summary_row;
mod system;
mod transport;
mod use_log;
mod variant;
mod xml;

pub use codes::Codes;
pub use faults::Fault;
pub(crate) use log_outlet::LogFormat;
pub use log_outlet::LogOutlet;
pub use settings::{IdentityFiles, LapsedFiles, Organisation, PemPair, Professional, ReferenceSettings, RetryPolicy};
pub use start::{RunningReference, start};
pub use variant::Variant;
