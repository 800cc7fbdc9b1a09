//! Rules about messages to the archive.

mod known;

pub use known::{Known, KnownVersion, NotAsked};
