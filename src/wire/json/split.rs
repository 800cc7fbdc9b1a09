//! Cuts a long JSON text into its elements, chunk by chunk, so that a file of any size needs the memory
//! of one element.

use std::io::BufRead;

/// How the elements stand in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonShape {
    /// One a line (JSON Lines).
    Lines,
    /// In an array.
    Array,
    /// In the array that is this member of an object.
    Member(&'static str),
}

/// One element as it stands, or what is left of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonPiece {
    /// Its bytes, no more than the bound.
    pub bytes: Vec<u8>,
    /// Line of its first byte, from 1.
    pub line: u32,
    /// Column of its first byte, in bytes, from 1.
    pub column: u32,
    /// Whether it reached its end, which is a line break where one stands a line; otherwise it was cut at the bound
    /// or by the end of the text.
    pub is_whole: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SplitState {
    Before,
    Between,
    Inside,
    After,
}

/// Takes a text in chunks and gives its elements.
#[derive(Debug)]
pub struct Splitter {
    shape: JsonShape,
    longest: usize,
    state: SplitState,
    depth: usize,
    in_text: bool,
    escaped: bool,
    /// The text read last before the array, which may be the name of its member.
    name: Vec<u8>,
    piece: Vec<u8>,
    is_cut: bool,
    start: (u32, u32),
    line: u32,
    column: u32,
}

impl Splitter {
    /// A splitter for a text of this shape; no element is kept longer than `longest` bytes.
    pub fn new(shape: JsonShape, longest: usize) -> Self {
        let state = if shape == JsonShape::Lines { SplitState::Between } else { SplitState::Before };
        Self {
            shape,
            longest,
            state,
            depth: 0,
            in_text: false,
            escaped: false,
            name: Vec::new(),
            piece: Vec::new(),
            is_cut: false,
            start: (1, 1),
            line: 1,
            column: 1,
        }
    }

    /// Takes the next chunk and gives the elements that end in it.
    pub fn feed(&mut self, chunk: &[u8], each: &mut dyn FnMut(JsonPiece)) {
        if self.shape == JsonShape::Lines {
            return self.feed_lines(chunk, each);
        }
        for byte in chunk {
            self.step(*byte, each);
            if *byte == b'\n' {
                self.line = self.line.saturating_add(1);
                self.column = 1;
            } else {
                self.column = self.column.saturating_add(1);
            }
        }
    }

    /// Gives what is left at the end of the text. `false` when the array was not closed, or never began.
    pub fn end(mut self, each: &mut dyn FnMut(JsonPiece)) -> bool {
        let is_closed = self.shape == JsonShape::Lines || self.state == SplitState::After;
        self.give(false, each);
        is_closed
    }

    fn feed_lines(&mut self, chunk: &[u8], each: &mut dyn FnMut(JsonPiece)) {
        let mut rest = chunk;
        while let Some(at) = line_end(rest) {
            self.keep(&rest[..at]);
            self.start = (self.line, 1);
            self.give(true, each);
            self.line = self.line.saturating_add(1);
            self.start = (self.line, 1);
            rest = &rest[at + 1..];
        }
        self.keep(rest);
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = self.longest.saturating_sub(self.piece.len()).min(bytes.len());
        self.is_cut |= room < bytes.len();
        self.piece.extend_from_slice(&bytes[..room]);
    }

    fn give(&mut self, is_whole: bool, each: &mut dyn FnMut(JsonPiece)) {
        let bytes = std::mem::take(&mut self.piece);
        let is_whole = is_whole && !std::mem::take(&mut self.is_cut);
        if !bytes.iter().all(u8::is_ascii_whitespace) {
            each(JsonPiece { bytes, line: self.start.0, column: self.start.1, is_whole });
        }
    }

    fn step(&mut self, byte: u8, each: &mut dyn FnMut(JsonPiece)) {
        match self.state {
            SplitState::Before => self.before(byte),
            SplitState::Between => self.between(byte),
            SplitState::Inside => self.inside(byte, each),
            SplitState::After => {}
        }
    }

    fn before(&mut self, byte: u8) {
        let was_text = self.in_text;
        let opens = self.track(byte);
        if was_text && self.in_text {
            self.name.push(byte);
            self.name.truncate(32);
        } else if self.in_text {
            self.name.clear();
        }
        let is_here = match self.shape {
            JsonShape::Member(name) => self.depth == 2 && self.name == name.as_bytes(),
            JsonShape::Array | JsonShape::Lines => self.depth == 1,
        };
        if opens && byte == b'[' && is_here {
            self.state = SplitState::Between;
            self.depth = 0;
        }
    }

    fn between(&mut self, byte: u8) {
        match byte {
            b',' => {}
            byte if byte.is_ascii_whitespace() => {}
            b']' => self.state = SplitState::After,
            _ => {
                self.state = SplitState::Inside;
                self.start = (self.line, self.column);
                self.piece.push(byte);
                (self.depth, self.in_text, self.escaped) = (0, false, false);
                self.track(byte);
            }
        }
    }

    fn inside(&mut self, byte: u8, each: &mut dyn FnMut(JsonPiece)) {
        let is_end = self.depth == 0 && !self.in_text && matches!(byte, b',' | b']' | b'\n');
        if is_end {
            self.state = if byte == b']' { SplitState::After } else { SplitState::Between };
            return self.give(true, each);
        }
        // A text holds no bare line break, so that one that was never closed ends there.
        if byte == b'\n' {
            self.in_text = false;
        }
        self.piece.push(byte);
        self.track(byte);
        if byte == b'\n' && self.piece.len() >= self.longest || self.piece.len() >= 2 * self.longest {
            self.state = SplitState::Between;
            self.give(false, each);
        }
    }

    /// Follows texts and nesting; whether the byte opens an array or object.
    fn track(&mut self, byte: u8) -> bool {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.in_text => self.escaped = true,
            b'"' => self.in_text = !self.in_text,
            b'[' | b'{' if !self.in_text => {
                self.depth += 1;
                return true;
            }
            b']' | b'}' if !self.in_text => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        false
    }
}

/// Where the first line of `bytes` ends; the search of the standard library's readers looks at many bytes at once.
fn line_end(mut bytes: &[u8]) -> Option<usize> {
    let text = bytes;
    let length = bytes.skip_until(b'\n').ok()?;
    let at = length.checked_sub(1)?;
    (text[at] == b'\n').then_some(at)
}

#[cfg(test)]
mod tests {
    use super::{JsonPiece, JsonShape, Splitter};

    fn split(shape: JsonShape, text: &str, size: usize, longest: usize) -> (Vec<(String, u32, u32)>, bool) {
        let mut pieces = Vec::new();
        let mut each = |piece: JsonPiece| {
            pieces.push((String::from_utf8(piece.bytes).expect("text"), piece.line, piece.column));
        };
        let mut splitter = Splitter::new(shape, longest);
        text.as_bytes().chunks(size).for_each(|chunk| splitter.feed(chunk, &mut each));
        let is_closed = splitter.end(&mut each);
        (pieces, is_closed)
    }

    fn piece(text: &str, line: u32, column: u32) -> (String, u32, u32) {
        (text.to_owned(), line, column)
    }

    #[test]
    fn each_shape_gives_its_elements_whatever_the_chunks() {
        let table = [
            (
                JsonShape::Lines,
                "{\"a\":1}\n\n{\"b\":\"]\"}",
                vec![piece("{\"a\":1}", 1, 1), piece("{\"b\":\"]\"}", 3, 1)],
            ),
            (
                JsonShape::Array,
                " [{\"a\":[1]},\n {}, 5]",
                vec![piece("{\"a\":[1]}", 1, 3), piece("{}", 2, 2), piece("5", 2, 6)],
            ),
            (
                JsonShape::Member("e"),
                "{\"x\":[1],\"e\":[{\"a\":\"\\\"}\"}],\"y\":[2]}",
                vec![piece("{\"a\":\"\\\"}\"}", 1, 15)],
            ),
        ];
        for (shape, text, expected) in table {
            for size in 1..text.len() {
                assert_eq!(split(shape, text, size, 100), (expected.clone(), true), "{text} by {size}");
            }
        }
    }

    #[test]
    fn an_array_that_stops_is_told() {
        assert_eq!(
            split(JsonShape::Array, "[{},{\"a\":", 3, 100),
            (vec![piece("{}", 1, 2), piece("{\"a\":", 1, 5)], false)
        );
        assert_eq!(split(JsonShape::Member("e"), "{\"x\":[1]}", 3, 100), (vec![], false));
    }

    #[test]
    fn no_element_outgrows_its_bound() {
        let (pieces, _) = split(JsonShape::Lines, &format!("{}\n{{}}", "x".repeat(50)), 7, 10);
        assert_eq!(pieces, [piece(&"x".repeat(10), 1, 1), piece("{}", 2, 1)]);
        let (pieces, _) = split(JsonShape::Array, &format!("[{{\"a\":{}", "[".repeat(90)), 7, 10);
        assert!(pieces.iter().all(|(text, ..)| text.len() <= 20), "{pieces:?}");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_cut_without_panic(text in "[\\[\\]{}\",:a\\\\\n]{0,60}", size in 1_usize..9) {
            for shape in [JsonShape::Lines, JsonShape::Array, JsonShape::Member("a")] {
                let (pieces, _) = split(shape, &text, size, 8);
                proptest::prop_assert!(pieces.iter().all(|(piece, ..)| piece.len() <= 16));
            }
        }
    }
}
