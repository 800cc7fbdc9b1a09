//! What the office keeps: one database, SQLite in a file or PostgreSQL, with the same SQL for both. No other room
//! holds SQL.

mod accounts;
mod attachments;
mod attempts;
mod customers;
mod database;
mod destruction;
mod dialect;
mod disclosures;
mod error;
mod imports;
mod invitations;
mod ledger;
mod lists;
mod log;
mod log_search;
mod messages;
mod migrations;
mod notes;
mod provider;
mod records;
mod sessions;
mod writing;

pub use accounts::{Account, NewAccount};
pub use attachments::Attachment;
pub use customers::{CustomerLine, CustomerQuery};
pub use database::Store;
pub use destruction::Planned;
pub use disclosures::Disclosure;
pub use error::StoreError;
pub use imports::Import;
pub use invitations::Invitation;
pub use ledger::{Ledger, LedgerError};
pub use lists::{ListQuery, Listed};
pub use log::LogEntry;
pub use log_search::{LogLine, LogQuery};
pub use messages::{Message, Recipient};
pub use provider::ProviderAttempt;
pub use records::Change;
pub use sessions::SessionLimits;
pub use writing::Write;
