//! Reports: consumers of events and verdicts for people and machines. They never answer the run, and
//! reach neither network, clock nor store; [`write`] alone writes files.

mod differences;
#[cfg(test)]
mod example;
mod explain;
pub mod file_names;
mod gaps;
mod html;
pub mod json;
pub mod junit;

mod layout;
mod listing;
mod nearest;
mod plain;
pub mod redact;
mod summary;
pub mod terminal;
mod texts;
mod unpack;
mod words;
pub mod write;
mod xml_text;

pub use crate::words::Language;
pub use explain::explain;
pub(crate) use explain::list_codes;
pub(crate) use plain::finding_lines;
pub(crate) use terminal::Terminal;
pub use texts::{FindingTexts, Texts};
pub use words::{Words, fill};
