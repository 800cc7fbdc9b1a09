//! Finds identity codes that may belong to a person, wherever they hide in what came.
//!
//! Only codes of the 900 series may reach the harness. What holds any other is refused, and its bytes
//! are kept nowhere.

use std::borrow::Cow;

use super::unescape::{narrow, quoted, unescape};
use crate::domain::{Hetu, foreign_identity_code_in};
use crate::wire::pdf;

/// A document package in a frame, a part of it, the document's body, and one more.
const DEEPEST: usize = 4;
/// An identity code has eleven characters, which Base64 writes in fifteen.
const SHORTEST_RUN: usize = 15;
/// Characters that stand for three whole bytes.
const QUANTUM: usize = 4;
/// Characters that are decoded at once.
const BLOCK: usize = 16 * QUANTUM;

/// Whether `bytes` hold a well-formed identity code outside the 900 series, wherever it hides.
pub(crate) fn holds_foreign_code(bytes: &[u8]) -> bool {
    foreign_code(bytes).is_some()
}

/// The first well-formed identity code outside the 900 series that `bytes` hold: in plain text, in UTF-16, with
/// characters written as references or escapes, in strings of a PDF file, or in Base64 within it, of either alphabet.
pub(crate) fn foreign_code(bytes: &[u8]) -> Option<Hetu> {
    find(bytes, DEEPEST)
}

/// What only looks like a reference counts as it is written, too.
fn find(bytes: &[u8], depth: usize) -> Option<Hetu> {
    let plain = unescape(bytes);
    let as_written = || matches!(plain, Cow::Owned(_)).then(|| find_as_written(bytes, depth)).flatten();
    find_as_written(&plain, depth).or_else(as_written)
}

fn find_as_written(bytes: &[u8], depth: usize) -> Option<Hetu> {
    let deeper = || {
        let depth = depth.checked_sub(1)?;
        narrow(bytes)
            .and_then(|text| find(&text, depth))
            .or_else(|| find_in_base64(bytes, depth))
            .or_else(|| quoted(bytes).and_then(|text| find(&text, depth)))
            .or_else(|| in_pdf(bytes).iter().find_map(|text| find(text, depth)))
    };
    foreign_identity_code_in(bytes).or_else(deeper)
}

/// What a PDF file among `bytes` says in strings and deflated streams.
fn in_pdf(bytes: &[u8]) -> Vec<Vec<u8>> {
    // Base64 and most texts have no such sign, so that this passes over them fast.
    let mut signs = memchr::memchr_iter(b'%', bytes);
    signs.find(|at| bytes[*at..].starts_with(b"%PDF-")).map_or_else(Vec::new, |at| pdf::texts(&bytes[at..]))
}

fn find_in_base64(bytes: &[u8], depth: usize) -> Option<Hetu> {
    let (mut rest, mut decoded) = (bytes, Vec::new());
    while let Some(window) = rest.get(..SHORTEST_RUN) {
        // Markup has another character at every few bytes, so that most of its bytes need not be looked at.
        if let Some(at) = window.iter().rposition(|byte| MEANING[usize::from(*byte)] == OTHER) {
            rest = &rest[at + 1..];
            continue;
        }
        let run = Base64Run::decode(rest, &mut decoded);
        rest = &rest[run.taken..];
        if run.characters >= SHORTEST_RUN
            && let Some(code) = find(&decoded, depth)
        {
            return Some(code);
        }
    }
    None
}

/// A run of Base64 characters. White space ends it only where what stands before it is no whole number of
/// quanta, as a word of a sentence or of a MIME header. The padding ends it as any other character.
struct Base64Run {
    /// Bytes up to its end, white space before and within it too.
    taken: usize,
    /// Base64 characters among them.
    characters: usize,
}

impl Base64Run {
    /// Decodes the run at the start of `bytes`. A last character that makes no byte is passed over.
    fn decode(bytes: &[u8], decoded: &mut Vec<u8>) -> Self {
        decoded.clear();
        let mut run = Self { taken: 0, characters: 0 };
        loop {
            run.taken += bytes[run.taken..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let before = run.characters;
            run.word(&bytes[run.taken..], decoded);
            let goes_on = run.characters.is_multiple_of(QUANTUM)
                && run.characters > before
                && bytes.get(run.taken).is_some_and(u8::is_ascii_whitespace);
            if !goes_on {
                return run;
            }
        }
    }

    /// Takes the characters at the start of `bytes` that stand together.
    fn word(&mut self, bytes: &[u8], decoded: &mut Vec<u8>) {
        let mut rest = bytes;
        while let Some((block, after)) = rest.split_first_chunk::<BLOCK>()
            && let Some(whole) = whole_block(block)
        {
            decoded.extend_from_slice(&whole);
            rest = after;
        }
        while let Some((quantum, after)) = rest.split_first_chunk::<QUANTUM>()
            && let Some(whole) = whole_quantum(quantum)
        {
            decoded.extend_from_slice(&whole);
            rest = after;
        }
        let last = rest.iter().take_while(|byte| MEANING[usize::from(**byte)] < OTHER).count();
        let mut quantum = [b'A'; QUANTUM];
        quantum[..last].copy_from_slice(&rest[..last]);
        let whole = whole_quantum(&quantum).unwrap_or_default();
        decoded.extend_from_slice(&whole[..last.saturating_sub(1)]);
        let length = bytes.len() - rest.len() + last;
        self.taken += length;
        self.characters += length;
    }
}

/// The bytes of a block, where all of it is Base64.
fn whole_block(block: &[u8; BLOCK]) -> Option<[u8; BLOCK / QUANTUM * 3]> {
    let mut bytes = [0; BLOCK / QUANTUM * 3];
    let mut met = 0;
    for (quantum, three) in block.as_chunks().0.iter().zip(bytes.as_chunks_mut().0) {
        let joined = joined(quantum);
        met |= joined;
        let [_, bytes @ ..] = joined.to_be_bytes();
        *three = bytes;
    }
    (met < NO_BASE64).then_some(bytes)
}

fn whole_quantum(quantum: &[u8; QUANTUM]) -> Option<[u8; 3]> {
    let joined = joined(quantum);
    let [_, bytes @ ..] = joined.to_be_bytes();
    (joined < NO_BASE64).then_some(bytes)
}

/// The three bytes that four characters stand for; at least [`NO_BASE64`] where one of them is no Base64.
fn joined([one, two, three, four]: &[u8; QUANTUM]) -> u32 {
    let placed = |place: usize, byte: &u8| PLACED[place][usize::from(*byte)];
    placed(0, one) | placed(1, two) | placed(2, three) | placed(3, four)
}

/// Above all that three bytes can be.
const NO_BASE64: u32 = 1 << 24;

/// [`MEANING`] of a byte at each of the four places of a quantum.
static PLACED: [[u32; 256]; QUANTUM] = {
    let mut placed = [[NO_BASE64; 256]; QUANTUM];
    let mut at = 0;
    while at < QUANTUM * 256 {
        let (place, byte) = (at / 256, at % 256);
        if MEANING[byte] < OTHER {
            placed[place][byte] = (MEANING[byte] as u32) << (6 * (QUANTUM - 1 - place));
        }
        at += 1;
    }
    placed
};

/// Stands in [`MEANING`] for what is neither Base64 nor white space; every value of Base64 is smaller.
const OTHER: u8 = 64;
/// Stands in [`MEANING`] for white space.
const SPACE: u8 = 128;

/// What a byte stands for in the alphabets of Base64 and of base64url. The padding is in neither.
static MEANING: [u8; 256] = {
    let mut meaning = [OTHER; 256];
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut value = 0;
    while value < alphabet.len() {
        meaning[alphabet[value] as usize] = value as u8;
        value += 1;
    }
    (meaning[b'-' as usize], meaning[b'_' as usize]) = (62, 63);
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_whitespace() {
            meaning[byte] = SPACE;
        }
        byte += 1;
    }
    meaning
};

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
