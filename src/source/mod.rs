//! Text with positions, and diagnostics for those who wrote it. This room knows nothing of the field.

mod diagnostic;
mod nearest;
mod position;
mod toml_text;

pub(crate) use diagnostic::{Diagnostic, Diagnostics};
pub(crate) use nearest::suggestion;
pub use position::{Position, SourceFile, Span};
pub(crate) use toml_text::{plain_words, read_toml};
