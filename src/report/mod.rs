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

pub use crate::words::{Language, LanguageError};
pub use explain::{UnknownName, explain, list_codes};
pub use plain::finding_lines;
pub use terminal::Terminal;
pub use texts::{FindingTexts, Texts};
pub use words::{Plural, Words, fill};
pub use write::{ReportError, ReportPaths};
pub use xml_text::XmlText;
