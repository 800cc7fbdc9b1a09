//! Text with positions, and diagnostics for those who wrote it. This room knows nothing of the field.

mod diagnostic;
mod position;

pub use diagnostic::{Diagnostic, Diagnostics};
pub use position::{Position, SourceFile, Span};
