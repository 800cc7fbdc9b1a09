//! What a report never shows: identity codes that may belong to a person, tokens, keys.
//!
//! The length of a text in bytes never changes, so that places found in the evidence hold in what is
//! shown.

use std::ops::Range;

use crate::domain::mask_identity_codes;

/// Headers whose values are never shown.
const SECRET_HEADERS: [&str; 5] = ["authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"];
const KEY_BEGIN: &str = "-----BEGIN ";
const KEY_KIND: &str = "PRIVATE KEY-----";

/// `text` without secrets, byte for byte as long as before.
pub fn text(text: &str) -> String {
    let masked = mask_identity_codes(text);
    let secrets: Vec<_> = tokens(&masked).chain(bearers(&masked)).chain(private_keys(&masked)).collect();
    let mut bytes = masked.into_bytes();
    for range in secrets {
        bytes[range].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b'*');
    }
    String::from_utf8(bytes).expect("whole characters are replaced by ASCII")
}

/// `text` without secrets and control characters, at most `longest` characters of it.
pub fn line(text: &str, longest: usize) -> String {
    let clean = self::text(text);
    let mut shown: String =
        clean.chars().take(longest).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if clean.chars().nth(longest).is_some() {
        shown.push('…');
    }
    shown
}

/// Whether the value of this header is never shown.
pub fn is_secret_header(name: &str) -> bool {
    SECRET_HEADERS.iter().any(|secret| name.eq_ignore_ascii_case(secret))
}

/// Compact JWS and JWE: a Base64 of `{"` and two parts at least after it.
fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices("eyJ").filter_map(|(at, _)| {
        let end = at + run(&text[at..], |byte| is_token_byte(byte) || byte == b'.');
        let starts = at == 0 || !is_token_byte(text.as_bytes()[at - 1]);
        (starts && text[at..end].bytes().filter(|byte| *byte == b'.').count() >= 2).then_some(at..end)
    })
}

fn bearers(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let lower = text.to_ascii_lowercase();
    let starts: Vec<usize> = lower.match_indices("bearer ").map(|(at, word)| at + word.len()).collect();
    starts.into_iter().filter_map(|start| {
        let length = run(&text[start..], |byte| is_token_byte(byte) || b".+/=~".contains(&byte));
        (length >= 16).then_some(start..start + length)
    })
}

fn private_keys(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices(KEY_BEGIN).filter_map(|(at, _)| {
        let kind = text[at..].find('\n').map_or(text.len(), |length| at + length);
        let begin = at + text[at..kind].find(KEY_KIND)? + KEY_KIND.len();
        let end = text[begin..].find("-----END").map_or(text.len(), |length| begin + length);
        Some(begin..end)
    })
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// How many of the first bytes `belongs` holds for.
fn run(text: &str, belongs: impl Fn(u8) -> bool) -> usize {
    text.bytes().take_while(|byte| belongs(*byte)).count()
}

#[cfg(test)]
mod tests {
    use super::{is_secret_header, line, text};
    use crate::domain::Hetu;

    #[test]
    fn hides_tokens_keys_and_foreign_identity_codes() {
        let foreign = Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("compose");
        let shown = text(&format!(
            "{} 010181-900C token eyJhbGciOi.eyJzdWIi.c2ln, Bearer abcdefghijklmnop.q end\n\
             -----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----",
            foreign.as_str()
        ));
        assert_eq!(
            shown,
            "010181***** 010181-900C token ************************, Bearer ****************** end\n\
             -----BEGIN PRIVATE KEY-----\n****\n-----END PRIVATE KEY-----"
        );
    }

    #[test]
    fn ordinary_words_stay() {
        for plain in ["eyJ is how Base64 of JSON begins", "the bearer of news", "a.b.c", "BEGIN"] {
            assert_eq!(text(plain), plain);
        }
        assert!(is_secret_header("Authorization") && !is_secret_header("Content-Type"));
    }

    #[test]
    fn a_line_is_bounded_and_clean() {
        assert_eq!(line("a\nb\u{1b}c", 9), "a b c");
        assert_eq!(line("äöåäö", 3), "äöå…");
    }

    proptest::proptest! {
        #[test]
        fn length_never_changes(any in "(\\PC|eyJ|\\.|Bearer |-----BEGIN |PRIVATE KEY-----|\n){0,40}") {
            proptest::prop_assert_eq!(text(&any).len(), any.len());
        }
    }
}
