//! What people read: messages by key, and the languages that they are written in.
//!
//! A part of the program that has something to tell gives a key and values ([`Said`]); the words are chosen once,
//! where the text leaves the program. A value is shown as it came, whatever it spells.

mod language;
mod library;
mod message;
mod telling;

pub use language::{Language, LanguageError};
pub use message::{Key, messages as said};
pub use telling::Said;
