//! On which line of a text a place stands, told while the text goes by.

use std::collections::VecDeque;

/// The lines that began so far with something on them, by the offset of their first byte. A line ends with LF, CR or both.
#[derive(Debug)]
pub(super) struct LineIndex {
    starts: VecDeque<(u64, u32)>,
    /// Offset and line of the byte to come.
    offset: u64,
    line: u32,
    is_at_start: bool,
    was_return: bool,
}

impl LineIndex {
    /// An index of a text of which nothing was read yet.
    pub fn new() -> Self {
        Self { starts: VecDeque::new(), offset: 0, line: 1, is_at_start: true, was_return: false }
    }

    /// Takes in the bytes that come next.
    pub fn pass(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                b'\n' if self.was_return => {}
                b'\n' | b'\r' => {
                    self.line = self.line.saturating_add(1);
                    self.is_at_start = true;
                }
                _ if self.is_at_start => {
                    self.starts.push_back((self.offset, self.line));
                    self.is_at_start = false;
                }
                _ => {}
            }
            self.was_return = *byte == b'\r';
            self.offset += 1;
        }
    }

    /// The line of what begins at `offset` or, where only line ends stand there, behind them. What stands before is
    /// forgotten.
    pub fn line_from(&mut self, offset: u64) -> u32 {
        while self.starts.front().is_some_and(|(start, _)| *start < offset) {
            self.starts.pop_front();
        }
        self.starts.front().map_or(self.line, |(_, line)| *line)
    }
}

#[cfg(test)]
mod tests {
    use super::LineIndex;

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        let mut index = LineIndex::new();
        for piece in ["a\r", "\nb\n", "\n\r\n", "c\rd"] {
            index.pass(piece.as_bytes());
        }
        let text = "a\r\nb\n\n\r\nc\rd";
        let line = |index: &mut LineIndex, letter| index.line_from(text.find(letter).expect("letter") as u64);
        assert_eq!(index.line_from(2), 2, "at the line feed of the first line's end");
        assert_eq!(index.line_from(5), 5, "over empty lines");
        assert_eq!((line(&mut index, 'c'), line(&mut index, 'd'), index.line_from(99)), (5, 6, 6));
    }
}
