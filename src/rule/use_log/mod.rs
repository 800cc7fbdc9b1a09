//! Rules about the use log: what the system wrote down against what Kanta saw.

mod actor;
mod calls;
mod case;
mod chain;
mod clock;
mod correlation;
mod entry;
mod examined;
mod exported;
mod file;
mod identity_code;
mod joined;
mod local;
mod notice;
mod object;
mod other_person;
mod outcome;
mod purpose;
mod read;
mod recipient;
mod registry;
mod secret;
mod time;
mod told;

pub use calls::{Call, Calls};
pub use case::UseLogCase;
pub use entry::{Channel, Disclosure, KantaCall, LogEntry, LogFault, LogObject, LogOutcome, UseLog};
pub use exported::judge_exported;
pub use file::{FileJudge, Judged};
pub use read::read;
pub use registry::{check, judge};
