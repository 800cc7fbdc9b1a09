//! What people read: messages by key, and the languages that they are written in.
//!
//! A part of the program that has something to tell gives a key and values ([`Said`]); the words are chosen once,
//! where the text leaves the program. A value is shown as it came, whatever it spells.

mod key;
mod language;
mod library;
pub mod message;
mod telling;
mod translated;

pub use key::Key;
pub use language::Language;
pub use message as said;
pub use telling::Said;
pub use translated::Translated;
