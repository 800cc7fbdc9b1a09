//! Finds identity codes that may belong to a person, wherever they hide in what came.
//!
//! Only codes of the 900 series may reach the harness. What holds any other is refused, and its bytes
//! are kept nowhere.

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::unescape::{narrow, quoted, unescape};
use crate::domain::holds_foreign_identity_code;
use crate::wire::{bytes, pdf};

/// A document package in a frame, a part of it, the document's body, and one more.
const DEEPEST: usize = 4;
/// An identity code has eleven characters, which Base64 writes in fifteen.
const SHORTEST_RUN: usize = 15;
/// Characters that stand for three whole bytes.
const QUANTUM: usize = 4;
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Whether `bytes` hold a well-formed identity code outside the 900 series: in plain text, in UTF-16, with
/// characters written as references or escapes, or in Base64 within it, of either alphabet.
pub(super) fn holds_foreign_code(bytes: &[u8]) -> bool {
    holds(bytes, DEEPEST)
}

/// What only looks like a reference counts as it is written, too.
fn holds(bytes: &[u8], depth: usize) -> bool {
    let plain = unescape(bytes);
    holds_as_written(&plain, depth) || matches!(plain, Cow::Owned(_)) && holds_as_written(bytes, depth)
}

fn holds_as_written(bytes: &[u8], depth: usize) -> bool {
    let mut runs = Regions { bytes }.flat_map(|bytes| Runs { bytes });
    let mut deeper = || {
        narrow(bytes).is_some_and(|text| holds(&text, depth - 1))
            || runs.any(|run| holds(&decode(&run), depth - 1))
            || quoted(bytes).is_some_and(|text| holds(&text, depth - 1))
            || in_pdf(bytes).iter().any(|text| holds(text, depth - 1))
    };
    holds_foreign_identity_code(bytes) || depth > 0 && deeper()
}

/// What a PDF file among `bytes` says in strings and deflated streams.
fn in_pdf(bytes: &[u8]) -> Vec<Vec<u8>> {
    memchr::memmem::find(bytes, b"%PDF-").map_or_else(Vec::new, |at| pdf::texts(&bytes[at..]))
}

/// Stretches of Base64 characters and white space that are long enough to hold a run. Markup has
/// another character at every few bytes, so that most of its bytes need not be looked at.
struct Regions<'a> {
    bytes: &'a [u8],
}

impl<'a> Iterator for Regions<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        loop {
            let window = self.bytes.get(..SHORTEST_RUN)?;
            if let Some(at) = window.iter().rposition(|byte| OTHERS[usize::from(*byte)]) {
                self.bytes = &self.bytes[at + 1..];
            } else {
                let end = bytes::find(self.bytes, is_other).unwrap_or(self.bytes.len());
                let (region, rest) = self.bytes.split_at(end);
                self.bytes = rest;
                return Some(region);
            }
        }
    }
}

/// The runs of Base64 characters in a region, white space dropped. White space ends a run only where what
/// stands before it is no whole number of quanta, as a word of a sentence or of a MIME header.
struct Runs<'a> {
    bytes: &'a [u8],
}

impl<'a> Iterator for Runs<'a> {
    type Item = Cow<'a, [u8]>;

    fn next(&mut self) -> Option<Cow<'a, [u8]>> {
        loop {
            let start = self.bytes.iter().position(|byte| is_base64(*byte))?;
            self.bytes = &self.bytes[start..];
            let word = self.word();
            if word.len() >= SHORTEST_RUN || word.len().is_multiple_of(QUANTUM) {
                let run = self.joined(word);
                if run.len() >= SHORTEST_RUN {
                    return Some(run);
                }
            }
        }
    }
}

impl<'a> Runs<'a> {
    /// The word at the start of what is left.
    fn word(&mut self) -> &'a [u8] {
        let end = bytes::find(self.bytes, |byte| !is_base64(byte)).unwrap_or(self.bytes.len());
        let (word, rest) = self.bytes.split_at(end);
        self.bytes = rest;
        word
    }

    /// `first` with the words that go on after white space.
    fn joined(&mut self, first: &'a [u8]) -> Cow<'a, [u8]> {
        let mut run = Cow::Borrowed(first);
        let mut last = first.len();
        while last > 0 && run.len().is_multiple_of(QUANTUM) && self.bytes.first().is_some_and(u8::is_ascii_whitespace) {
            self.bytes = self.bytes.trim_ascii_start();
            let word = self.word();
            last = word.len();
            if last > 0 {
                run.to_mut().extend_from_slice(word);
            }
        }
        run
    }
}

/// The alphabets of Base64 and of base64url. The padding is in neither: it ends a run.
const fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

/// What is neither of them nor white space.
const fn is_other(byte: u8) -> bool {
    !is_base64(byte) && !byte.is_ascii_whitespace()
}

/// [`is_other`] of every byte, for looking at single bytes; over long stretches the comparisons are faster.
const OTHERS: [bool; 256] = {
    let mut others = [false; 256];
    let mut byte = 0;
    while byte < others.len() {
        others[byte] = is_other(byte as u8);
        byte += 1;
    }
    others
};

/// What a run of either alphabet stands for. A last character that makes no byte is passed over.
fn decode(run: &[u8]) -> Vec<u8> {
    let whole = if run.len() % QUANTUM == 1 { &run[..run.len() - 1] } else { run };
    let is_url_safe = memchr::memchr2(b'-', b'_', whole).is_some();
    let decoded = if is_url_safe { LENIENT.decode(of_standard_alphabet(whole)) } else { LENIENT.decode(whole) };
    decoded.unwrap_or_default()
}

fn of_standard_alphabet(run: &[u8]) -> Vec<u8> {
    let standard = |byte: &u8| match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => *other,
    };
    run.iter().map(standard).collect()
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

    use super::holds_foreign_code;
    use crate::domain::Hetu;

    fn foreign() -> String {
        Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("compose").as_str().to_owned()
    }

    #[test]
    fn a_foreign_code_is_found_wherever_it_hides() {
        let json = format!("{{\"asiakas\":\"{}\"}}", foreign());
        let body = format!("<json>{}</json>", STANDARD.encode(&json));
        let wrapped: String = STANDARD
            .encode(&body)
            .as_bytes()
            .chunks(76)
            .map(|line| format!("{}\r\n", String::from_utf8_lossy(line)))
            .collect();
        let package = format!("--b\r\nContent-Transfer-Encoding: base64\r\n\r\n{wrapped}--b--\r\n");
        let frame = format!("<text representation=\"B64\">\n {}\n</text>", STANDARD.encode(&package));
        let token = format!("Bearer eyJhbGciOiJSUzI1NiJ9.{}.c2ln", URL_SAFE_NO_PAD.encode(&json));
        let (reference, escape) = (json.replace('-', "&#45;"), json.replace('-', "\\u002d"));
        let literal = format!("&#65;{}", foreign());
        let within = format!("<json>{}</json>", STANDARD.encode(&escape));
        let broken = format!("<text>{}</text>", wrapped.replace("\r\n", "&#13;\n"));
        for text in [json, body, package, token, reference, escape, literal, within, broken] {
            assert!(holds_foreign_code(text.as_bytes()), "{text}");
        }
        let wide: Vec<u8> = frame.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(holds_foreign_code(frame.as_bytes()) && holds_foreign_code(&wide));
    }

    #[test]
    fn a_foreign_code_is_found_in_quoted_printable() {
        let (start, end) = (foreign()[..7].to_owned(), foreign()[7..].to_owned());
        for written in [foreign().replace('-', "=2D"), format!("{start}=\r\n{end}")] {
            let package = format!("--b\r\nContent-Transfer-Encoding: Quoted-Printable\r\n\r\n{written}\r\n--b--\r\n");
            assert!(holds_foreign_code(STANDARD.encode(package).as_bytes()), "{written}");
        }
    }

    #[test]
    fn a_foreign_code_is_found_in_a_pdf_file() {
        let wide: String = foreign().bytes().map(|byte| format!("00{byte:02X}")).collect();
        let deflated = miniz_oxide::deflate::compress_to_vec_zlib(format!("({})", foreign()).as_bytes(), 6);
        let stream = [b"1 0 obj <</Filter/FlateDecode>>\nstream\n", deflated.as_slice(), b"\nendstream"].concat();
        let titles = [format!("/Title <FEFF{wide}>").into_bytes(), stream];
        for title in titles {
            let file = [b"%PDF-1.4\n", title.as_slice(), b"\n%%EOF"].concat();
            let document = format!("<text>{}</text>", STANDARD.encode(&file));
            let package = format!("--b\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n", STANDARD.encode(document));
            let frame = format!("<text representation=\"B64\">{}</text>", STANDARD.encode(package));
            assert!(holds_foreign_code(&file) && holds_foreign_code(frame.as_bytes()));
        }
    }

    #[test]
    fn test_codes_pass() {
        let json = "{\"asiakas\":\"010181-900C\"}";
        let frame = format!("<id extension=\"010181-900C\"/><text>{}</text>", STANDARD.encode(json));
        assert!(!holds_foreign_code(frame.as_bytes()));
        assert!(!holds_foreign_code(b"010181-9"));
        assert!(!holds_foreign_code(b""));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_searched_without_panic(
            before in proptest::collection::vec(proptest::num::u8::ANY, 0..40),
            after in proptest::collection::vec(proptest::num::u8::ANY, 0..40),
        ) {
            let mut bytes = before;
            bytes.push(b' ');
            bytes.extend_from_slice(foreign().as_bytes());
            bytes.push(b' ');
            bytes.extend_from_slice(&after);
            proptest::prop_assert!(holds_foreign_code(&bytes));
        }
    }
}
