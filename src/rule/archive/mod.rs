//! Rules about messages to the archive.

mod body;
mod context;
mod document;
mod element;
mod identity;
mod judge;
mod known;
mod locate;
mod message;
mod reading;
mod signature;
mod subject;
mod version;

pub use context::ArchiveContext;
pub use judge::{RULES, Rule, judge};
pub use known::{Known, KnownVersion, NotAsked};
pub use reading::{ArchiveReading, digest, read, read_pair};
