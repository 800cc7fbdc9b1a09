//! Texts that mean the same characters.

use icu_normalizer::ComposingNormalizerBorrowed;

/// Whether two texts are canonically equivalent (Unicode, conformance clause C6): `ä` as one character, or as `a` with a
/// combining mark.
pub fn is_same_text(one: &str, other: &str) -> bool {
    let composed = ComposingNormalizerBorrowed::new_nfc();
    one == other || (!(one.is_ascii() && other.is_ascii()) && composed.normalize(one) == composed.normalize(other))
}

#[cfg(test)]
mod tests {
    use super::is_same_text;

    #[test]
    fn combining_marks_make_the_same_letter() {
        assert!(is_same_text("\u{c4}ij\u{e4}l\u{e4}", "A\u{308}ija\u{308}la\u{308}"));
        assert!(is_same_text("\u{c5}", "\u{212b}"), "the sign of the unit");
        assert!(!is_same_text("Aijala", "\u{c4}ij\u{e4}l\u{e4}") && !is_same_text("a", "A"));
    }
}
