//! Finds identity codes that may belong to a person, wherever they hide in what came.
//!
//! Only codes of the 900 series may reach the harness. What holds any other is refused, and its bytes
//! are kept nowhere.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::domain::foreign_identity_code;

/// A document package in a frame, a part of it, the document's body, and one more.
const DEEPEST: usize = 4;
/// An identity code has eleven characters, which Base64 writes in fifteen.
const SHORTEST_RUN: usize = 15;
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Whether `bytes` hold a well-formed identity code outside the 900 series: in plain text, or in Base64
/// within it, of either alphabet.
pub(super) fn holds_foreign_code(bytes: &[u8]) -> bool {
    holds(bytes, DEEPEST)
}

fn holds(bytes: &[u8], depth: usize) -> bool {
    if foreign_identity_code(&String::from_utf8_lossy(bytes)).is_some() {
        return true;
    }
    depth > 0 && Runs { bytes, at: 0 }.any(|run| holds(&decode(run), depth - 1))
}

/// The runs of Base64 characters in a text, white space dropped. White space ends a run only where what
/// stands before it is no whole number of quanta, as a word of a sentence or of a MIME header.
struct Runs<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Iterator for Runs<'_> {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        while self.at < self.bytes.len() {
            let run = self.run();
            if run.len() >= SHORTEST_RUN {
                return Some(run);
            }
        }
        None
    }
}

impl Runs<'_> {
    fn run(&mut self) -> Vec<u8> {
        let mut run = Vec::new();
        loop {
            let rest = &self.bytes[self.at..];
            let word = rest.iter().position(|byte| !is_base64(*byte)).unwrap_or(rest.len());
            run.extend_from_slice(&rest[..word]);
            let space = rest[word..].iter().position(|byte| !byte.is_ascii_whitespace());
            let space = space.unwrap_or(rest.len() - word);
            self.at += word + space;
            if space == 0 || run.len() % 4 != 0 || word == 0 {
                self.at += usize::from(word + space == 0);
                return run;
            }
        }
    }
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_')
}

fn decode(mut run: Vec<u8>) -> Vec<u8> {
    for byte in &mut run {
        *byte = match *byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        };
    }
    if run.len() % 4 == 1 {
        run.pop();
    }
    LENIENT.decode(run).unwrap_or_default()
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
        for text in [json, body, package, frame, token] {
            assert!(holds_foreign_code(text.as_bytes()), "{text}");
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
