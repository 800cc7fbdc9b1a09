//! Places in a text: byte spans, and the line and column that a person counts.

use std::ops::Range;
use std::sync::Arc;

/// A range of bytes in a text.
pub type Span = Range<usize>;

/// A place as a person counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Position {
    /// The position of byte `offset` in `text`. An offset past the end gives the end.
    pub fn of(text: &str, offset: usize) -> Self {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before[start..].chars().count() + 1;
        Self { line: saturate(line), column: saturate(column) }
    }

    /// The position in a whole text of `inner`, a position in a piece of it that starts here.
    #[must_use]
    pub fn followed_by(self, inner: Self) -> Self {
        let column = if inner.line == 1 { self.column.saturating_add(inner.column - 1) } else { inner.column };
        Self { line: self.line.saturating_add(inner.line - 1), column }
    }

    /// The byte offset of this position in `text`; the end of the line or text where it lies past it.
    pub fn offset_in(self, text: &str) -> usize {
        let mut start = 0;
        for _ in 1..self.line {
            let Some(at) = text[start..].find('\n') else { return text.len() };
            start += at + 1;
        }
        let line = text[start..].split('\n').next().unwrap_or_default();
        let column = usize::try_from(self.column).unwrap_or(usize::MAX).saturating_sub(1);
        start + line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
    }
}

fn saturate(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A file that a person wrote for the harness: its shown name and its whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The name under which diagnostics show it, usually the path as the user gave it.
    pub name: Arc<str>,
    /// The text, as read.
    pub text: Arc<str>,
}

impl SourceFile {
    /// A file with this name and text.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::Position;

    #[test]
    fn counts_lines_and_characters() {
        let text = "eka\nä→x\n";
        assert_eq!(Position::of(text, 0), Position { line: 1, column: 1 });
        assert_eq!(Position::of(text, text.find('x').expect("x")), Position { line: 2, column: 3 });
        assert_eq!(Position::of(text, 999), Position { line: 3, column: 1 });
        for offset in [0, 1, 4, 6, 9] {
            assert_eq!(Position::of(text, offset).offset_in(text), offset, "offset {offset}");
        }
        assert_eq!(Position { line: 1, column: 99 }.offset_in(text), 3);
        assert_eq!(Position { line: u32::MAX, column: u32::MAX }.offset_in(text), text.len());
    }
}
