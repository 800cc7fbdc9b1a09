//! Finds and masks identity codes in any text.

use super::Hetu;

const LENGTH: usize = 11;

/// The first well-formed identity code outside the 900 series in `text`, if there is one.
///
/// A code counts only where it stands alone: with a letter or digit right before or after it, it is
/// part of something else. Kela refuses documents that hold such a code anywhere.
pub fn foreign_identity_code(text: &str) -> Option<Hetu> {
    identity_codes(text).map(|(_, hetu)| hetu).find(|hetu| !hetu.is_test())
}

/// `text` with every well-formed identity code outside the 900 series masked.
pub fn mask_identity_codes(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for (at, hetu) in identity_codes(text).filter(|(_, hetu)| !hetu.is_test()) {
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
    let alone = move |at: usize| {
        let free = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric());
        free(at.checked_sub(1).and_then(|before| bytes.get(before))) && free(bytes.get(at + LENGTH))
    };
    let digits = move |at: usize, range: std::ops::Range<usize>| {
        bytes[at + range.start..at + range.end].iter().all(u8::is_ascii_digit)
    };
    (0..bytes.len().saturating_sub(LENGTH - 1))
        .filter(move |at| bytes[*at].is_ascii_digit() && digits(*at, 0..6) && digits(*at, 7..10) && alone(*at))
        .filter_map(move |at| Some((at, text.get(at..at + LENGTH)?.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::{foreign_identity_code, mask_identity_codes};
    use crate::domain::Hetu;

    #[test]
    fn masks_only_codes_that_a_person_could_have() {
        let foreign = Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("compose");
        let text = format!("a {} b 010181-900C ä {}", foreign.as_str(), foreign.as_str());
        assert_eq!(mask_identity_codes(&text), "a 010181***** b 010181-900C ä 010181*****");
        assert_eq!(foreign_identity_code(&text), Some(foreign));
        assert_eq!(foreign_identity_code("010181-900C 1.2.246.010181-1234"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_masked_without_panic(text in "\\PC{0,60}") {
            proptest::prop_assert!(foreign_identity_code(&mask_identity_codes(&text)).is_none());
        }
    }
}
