//! Text files in UTF-16, as some programs write them, read as UTF-8.

use std::io::{self, Read};

/// Bytes of a file, in UTF-8 when it begins as UTF-16 does.
pub(super) struct Utf16<R> {
    source: R,
    /// Makes a unit of two bytes; `None` where the file is not in UTF-16.
    unit: Option<fn([u8; 2]) -> u16>,
    /// Bytes that were read and not given yet.
    ready: Vec<u8>,
    given: usize,
    /// The byte or the half of a pair that waits for the next chunk.
    byte: Option<u8>,
    half: Option<u16>,
}

impl<R: Read> Utf16<R> {
    /// Reads the first bytes, which tell the encoding.
    ///
    /// # Errors
    /// What the source said.
    pub fn new(mut source: R) -> io::Result<Self> {
        let mut ready = Vec::new();
        source.by_ref().take(4).read_to_end(&mut ready)?;
        let unit = unit(&ready);
        let mut reader = Self { source, unit, ready, given: 0, byte: None, half: None };
        if unit.is_some() {
            let start = std::mem::take(&mut reader.ready);
            reader.decode(&start);
        }
        Ok(reader)
    }

    /// Whether the file is in UTF-16.
    pub fn is_utf16(&self) -> bool {
        self.unit.is_some()
    }

    fn decode(&mut self, bytes: &[u8]) {
        let Some(unit) = self.unit else { return self.ready.extend_from_slice(bytes) };
        let mut units: Vec<u16> = self.half.take().into_iter().collect();
        for byte in bytes {
            match self.byte.take() {
                Some(first) => units.push(unit([first, *byte])),
                None => self.byte = Some(*byte),
            }
        }
        self.half = units.pop_if(|last| (0xD800..0xDC00).contains(last));
        let text: String =
            char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        self.ready.extend_from_slice(text.trim_start_matches('\u{feff}').as_bytes());
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.given == self.ready.len() && self.unit.is_none() {
            return self.source.read(out);
        }
        let mut chunk = [0; 8192];
        while self.given == self.ready.len() {
            let length = self.source.read(&mut chunk)?;
            if length == 0 {
                return Ok(0);
            }
            (self.given, self.ready) = (0, Vec::new());
            self.decode(&chunk[..length]);
        }
        let length = out.len().min(self.ready.len() - self.given);
        out[..length].copy_from_slice(&self.ready[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

/// The text of `bytes` when they begin as UTF-16 does.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    let unit = unit(bytes)?;
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    Some(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// A byte order mark, or a first letter with a zero before or after it.
fn unit(start: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    match start {
        [0xFF, 0xFE, ..] | [1..=u8::MAX, 0, ..] => Some(u16::from_le_bytes),
        [0xFE, 0xFF, ..] | [0, 1..=u8::MAX, ..] => Some(u16::from_be_bytes),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::Utf16;

    #[test]
    fn either_order_is_read_and_other_bytes_are_left_alone() {
        let text = "{\"a\": \"ä😀\"}\n".repeat(3000);
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(units.iter().flat_map(|unit| unit.to_be_bytes())).collect();
        for (bytes, is_utf16) in [(little, true), (big, true), (text.clone().into_bytes(), false)] {
            let mut reader = Utf16::new(&bytes[..]).expect("start");
            let mut told = String::new();
            reader.read_to_string(&mut told).expect("UTF-8");
            assert!(told == text && reader.is_utf16() == is_utf16);
        }
    }
}
