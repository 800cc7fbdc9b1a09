//! The words of PDF syntax (ISO 32000-1, 7.2 and 7.3), each read once and none looked back at.

use std::borrow::Cow;

/// A word of PDF syntax. Comments and white space are passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PdfToken<'a> {
    /// A name without its solidus, `#xx` undone.
    Name(Cow<'a, [u8]>),
    /// A literal or hexadecimal string, its escapes undone.
    Text(Vec<u8>),
    /// A number or a keyword.
    Word(&'a [u8]),
    /// A bracket of a dictionary, an array or a function.
    Bracket,
}

impl PdfToken<'_> {
    /// The number that a word is.
    pub fn number(&self) -> Option<u32> {
        let Self::Word(word) = self else { return None };
        std::str::from_utf8(word).ok()?.parse().ok()
    }

    /// Whether it is the name `name`.
    pub fn is_name(&self, name: &str) -> bool {
        matches!(self, Self::Name(own) if own.as_ref() == name.as_bytes())
    }

    /// Whether it is the keyword `word`.
    pub fn is_word(&self, word: &[u8]) -> bool {
        matches!(self, Self::Word(own) if *own == word)
    }
}

/// The words of a text, whatever its bytes are.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    /// The words of `text` from its start.
    pub fn of(text: &'a [u8]) -> Self {
        Self { rest: text }
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn name(&mut self) -> PdfToken<'a> {
        let length = self.rest.iter().take_while(|byte| is_regular(**byte)).count();
        let name = self.take(length);
        if !name.contains(&b'#') {
            return PdfToken::Name(Cow::Borrowed(name));
        }
        let mut plain = Vec::with_capacity(name.len());
        let mut at = 0;
        while at < name.len() {
            let escaped = name[at..].strip_prefix(b"#").and_then(|digits| hexadecimal(digits.get(..2)?));
            plain.push(escaped.unwrap_or(name[at]));
            at += if escaped.is_some() { 3 } else { 1 };
        }
        PdfToken::Name(Cow::Owned(plain))
    }

    /// What stands between balanced parentheses; to the end of the text where they are not balanced.
    fn literal(&mut self) -> PdfToken<'a> {
        let mut text = Vec::new();
        let mut depth = 1_usize;
        let mut at = 0;
        while at < self.rest.len() {
            let byte = self.rest[at];
            at += 1;
            match byte {
                b'\\' => {
                    let (escaped, length) = escape(&self.rest[at..]);
                    text.extend(escaped);
                    at += length;
                    continue;
                }
                b'(' => depth += 1,
                b')' if depth == 1 => break,
                b')' => depth -= 1,
                _ => {}
            }
            text.push(byte);
        }
        self.take(at);
        PdfToken::Text(text)
    }

    fn hexadecimal(&mut self) -> PdfToken<'a> {
        let end = memchr::memchr(b'>', self.rest).unwrap_or(self.rest.len());
        let digits: Vec<u8> = self.take(end).iter().copied().filter(u8::is_ascii_hexdigit).collect();
        self.take(1);
        PdfToken::Text(
            digits.chunks(2).filter_map(|pair| hexadecimal(&[pair[0], *pair.get(1).unwrap_or(&b'0')])).collect(),
        )
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = PdfToken<'a>;

    fn next(&mut self) -> Option<PdfToken<'a>> {
        loop {
            let start = self.rest.iter().position(|byte| !is_space(*byte))?;
            self.rest = &self.rest[start..];
            if self.rest[0] != b'%' {
                break;
            }
            let line = self.rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(self.rest.len());
            self.take(line);
        }
        if self.rest.starts_with(b"<<") || self.rest.starts_with(b">>") {
            self.take(2);
            return Some(PdfToken::Bracket);
        }
        let first = self.rest[0];
        if is_regular(first) {
            let length = self.rest.iter().take_while(|byte| is_regular(**byte)).count();
            return Some(PdfToken::Word(self.take(length)));
        }
        self.take(1);
        Some(match first {
            b'/' => self.name(),
            b'(' => self.literal(),
            b'<' => self.hexadecimal(),
            _ => PdfToken::Bracket,
        })
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

const fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// The byte that is written behind a backslash, where it is one, and how many bytes that takes.
fn escape(text: &[u8]) -> (Option<u8>, usize) {
    let Some(first) = text.first() else { return (None, 0) };
    let octal = text.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    match first {
        b'n' => (Some(b'\n'), 1),
        b'r' => (Some(b'\r'), 1),
        b't' => (Some(b'\t'), 1),
        b'b' => (Some(8), 1),
        b'f' => (Some(12), 1),
        b'\r' if text.get(1) == Some(&b'\n') => (None, 2),
        b'\r' | b'\n' => (None, 1),
        _ if octal > 0 => {
            let value = text[..octal].iter().fold(0_u32, |value, digit| value * 8 + u32::from(digit - b'0'));
            (u8::try_from(value & 0xFF).ok(), octal)
        }
        other => (Some(*other), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{PdfToken, Tokens};

    fn text(written: &str) -> Vec<u8> {
        match Tokens::of(written.as_bytes()).next() {
            Some(PdfToken::Text(text)) => text,
            other => panic!("{written}: {other:?}"),
        }
    }

    #[test]
    fn strings_are_read_however_they_are_written() {
        for written in ["(a-b)", "(a\\055b)", "(a\\\n-b)", "<612D62>", "< 61 2d\n62>"] {
            assert_eq!(text(written), b"a-b", "{written}");
        }
        assert_eq!(text("(a(b)c\\)"), b"a(b)c)");
        assert_eq!(text("<6>"), b"`");
    }

    #[test]
    fn names_numbers_and_brackets_are_told_apart() {
        let tokens: Vec<PdfToken<'_>> = Tokens::of(b"<</J#61vaScript 12 0 R % /Launch\n/A[true]>>").collect();
        assert!(tokens[1].is_name("JavaScript"));
        assert_eq!((tokens[2].number(), tokens[3].number()), (Some(12), Some(0)));
        assert!(tokens[4].is_word(b"R") && tokens[5].is_name("A") && tokens[6] == PdfToken::Bracket);
        assert_eq!(tokens.len(), 10);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_end(bytes: Vec<u8>, text in "[ -~]{0,40}") {
            proptest::prop_assert!(Tokens::of(&bytes).count() <= bytes.len());
            proptest::prop_assert!(Tokens::of(text.as_bytes()).count() <= text.len());
        }
    }
}
