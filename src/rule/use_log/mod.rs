//! Rules about the use log: what the system wrote down against what Kanta saw.

mod actor;
mod case;
mod entry;
mod identity_code;
mod joined;
mod local;
mod notice;
mod object;
mod outcome;
mod purpose;
mod read;
mod recipient;
mod registry;
mod secret;
mod time;

pub use case::UseLogCase;
pub use entry::{Channel, Disclosure, KantaCall, LogEntry, LogFault, LogObject, LogOutcome, UseLog};
pub use read::read;
pub use registry::{check, judge};
