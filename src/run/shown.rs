//! Texts of the system as results keep them.

use crate::domain::mask_identity_codes;

/// At most `longest` characters of `text`, without control characters and identity codes outside the 900
/// series. Codes are masked last but for the cut: a control character may have stood within one.
pub(super) fn shown(text: &str, longest: usize) -> String {
    let clean: String = text.chars().filter(|letter| !letter.is_control()).collect();
    mask_identity_codes(&clean).chars().take(longest).collect()
}

#[cfg(test)]
mod tests {
    use super::shown;
    use crate::domain::Hetu;

    #[test]
    fn a_code_is_masked_whatever_stands_in_it() {
        let foreign = Hetu::compose(jiff::civil::date(1981, 1, 1), 123).expect("compose");
        let (first, rest) = foreign.as_str().split_at(4);
        assert_eq!(shown(&format!("a {first}\u{1b}{rest} b"), 50), "a 010181***** b");
        assert_eq!(shown(&format!("{first}{rest}"), 10), "010181****");
    }
}
