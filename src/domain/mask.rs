//! Finds and masks identity codes in any text.

use super::Hetu;

const LENGTH: usize = 11;
/// Digits at the start of a code: day, month and year.
const DIGITS: usize = 6;
/// First digit of the individual number in codes of the 900 series.
const TESTS: u8 = b'9';

/// Every well-formed identity code outside the 900 series that stands alone in `text`, with its byte offset.
///
/// A code counts only where it stands alone: with a letter or digit right before or after it, it is
/// part of something else. Kela refuses documents that hold such a code anywhere.
pub fn foreign_identity_codes(text: &str) -> impl Iterator<Item = (usize, Hetu)> + '_ {
    foreign_codes(text.as_bytes())
}

/// `text` with every well-formed identity code outside the 900 series masked.
pub fn mask_identity_codes(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for (at, hetu) in foreign_identity_codes(text) {
        masked.push_str(&text[done..at]);
        masked.push_str(&hetu.masked());
        done = at + LENGTH;
    }
    masked.push_str(&text[done..]);
    masked
}

/// Every well-formed identity code that stands alone in `text`, with its byte offset.
pub fn identity_codes(text: &str) -> impl Iterator<Item = (usize, Hetu)> + '_ {
    let bytes = text.as_bytes();
    candidates(bytes).filter_map(|at| Some((at, code_at(bytes, at)?)))
}

/// The first identity code outside the 900 series that stands alone in `bytes`, whatever else they are.
pub fn foreign_identity_code_in(bytes: &[u8]) -> Option<Hetu> {
    foreign_codes(bytes).next().map(|(_, hetu)| hetu)
}

/// Most codes in messages are of the 900 series, which shows before the rest of the code is looked at.
fn foreign_codes(bytes: &[u8]) -> impl Iterator<Item = (usize, Hetu)> + '_ {
    let is_of_tests = |at: &usize| bytes.get(at + DIGITS + 1) == Some(&TESTS);
    let codes = candidates(bytes).filter(move |at| !is_of_tests(at));
    codes.filter_map(|at| Some((at, code_at(bytes, at)?)))
}

/// Where six digits start that stand before no further one. They cover one byte in every six, and either the
/// third byte before that one or the third after it: only two digits there are worth a look at their run.
fn candidates(bytes: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let met = (DIGITS - 1..bytes.len()).step_by(DIGITS).filter(|at| bytes[*at].is_ascii_digit());
    let met = met.filter(move |at| is_digit(at - DIGITS / 2) || is_digit(at + DIGITS / 2));
    let start = |at: usize| {
        let before = bytes[at + 1 - DIGITS..at].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        at - before
    };
    met.map(start).filter(move |at| is_digit(at + DIGITS - 1) && !is_digit(at + DIGITS))
}

fn code_at(bytes: &[u8], at: usize) -> Option<Hetu> {
    let code = bytes.get(at..at + LENGTH)?;
    let is_free = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    if !code[..DIGITS].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let alone = is_free(at.checked_sub(1).and_then(|before| bytes.get(before))) && is_free(bytes.get(at + LENGTH));
    let number = code[DIGITS + 1..LENGTH - 1].iter().all(u8::is_ascii_digit);
    if alone && number { std::str::from_utf8(code).ok()?.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::{foreign_identity_code_in, identity_codes, mask_identity_codes};
    use crate::domain::Hetu;

    #[test]
    fn masks_only_codes_that_a_person_could_have() {
        let foreign = Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("compose");
        let text = format!("a {} b 010181-900C ä {}", foreign.as_str(), foreign.as_str());
        assert_eq!(mask_identity_codes(&text), "a 010181***** b 010181-900C ä 010181*****");
        assert_eq!(foreign_identity_code_in(text.as_bytes()), Some(foreign));
        assert_eq!(foreign_identity_code_in(b"010181-900C 1.2.246.010181-1234"), None);
    }

    #[test]
    fn a_code_is_found_at_every_offset() {
        for offset in 0..20 {
            let text = format!("{}010181-900C", "ä".repeat(offset));
            let found: Vec<_> = identity_codes(&text).map(|(at, _)| at).collect();
            assert_eq!(found, [2 * offset]);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_masked_without_panic(text in "\\PC{0,60}") {
            proptest::prop_assert!(foreign_identity_code_in(mask_identity_codes(&text).as_bytes()).is_none());
        }
    }
}
