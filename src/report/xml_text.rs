//! Text that can stand in an XML report, whatever it came from.

use crate::wire::bytes;

/// Text without the characters that XML 1.0 forbids. The only type from which the JUnit report takes
/// its texts: the library behind it writes them as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XmlText(String);

impl XmlText {
    /// `text`, its forbidden characters dropped.
    pub fn new(text: &str) -> Self {
        Self(text.chars().filter(|letter| is_allowed(*letter)).collect())
    }

    /// For an attribute, where the library escapes.
    pub fn attribute(&self) -> &str {
        &self.0
    }

    /// For a CDATA section, which `]]>` would close: each one is split over two sections.
    pub fn cdata(&self) -> String {
        self.0.replace("]]>", "]]]]><![CDATA[>")
    }
}

/// `text` with a sign for each character that neither XML nor HTML may hold, so that a reader sees it: the
/// pictures of Unicode for control characters, U+FFFD for others.
pub fn visible(text: &str) -> String {
    let (mut shown, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = bytes::find(rest.as_bytes(), may_need_a_sign) {
        let (plain, after) = rest.split_at(at);
        let mut letters = after.chars();
        shown.push_str(plain);
        shown.extend(letters.next().map(sign));
        rest = letters.as_str();
    }
    shown + rest
}

/// Whether a character that starts with this byte may have to be replaced: a control character, or one of
/// U+0080 to U+00BF or of U+F000 to U+FFFF.
fn may_need_a_sign(first: u8) -> bool {
    first < b' ' && !matches!(first, b'\t' | b'\n' | b'\r') || matches!(first, 0x7f | 0xc2 | 0xef)
}

/// What is shown for `letter`.
fn sign(letter: char) -> char {
    match letter {
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' => char::REPLACEMENT_CHARACTER,
        _ if is_allowed(letter) => letter,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// `Char` of XML 1.0, without the noncharacters that readers may refuse.
fn is_allowed(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::{XmlText, visible};

    #[test]
    fn shows_what_cannot_stand_in_a_page() {
        assert_eq!(visible("a\u{0}b\u{1b}[31m\u{7f}\u{85}\u{fffe}\tä\n"), "a␀b␛[31m␡\u{fffd}\u{fffd}\tä\n");
    }

    proptest::proptest! {
        #[test]
        fn each_character_is_shown_by_itself(text in "([a-zä\u{0}-\u{a0}]|\u{fffd}|\u{fffe}|\u{ffff}|\u{f000}|\u{1f600}){0,40}") {
            let one_by_one: String = text.chars().map(|letter| visible(&letter.to_string())).collect();
            proptest::prop_assert_eq!(visible(&text), one_by_one);
        }
    }

    #[test]
    fn drops_what_xml_forbids_and_splits_the_end_of_a_section() {
        let text = XmlText::new("a\u{0}b\u{1b}[31mc\u{ffff}]]>ä\u{1f600}");
        assert_eq!(text.attribute(), "ab[31mc]]>ä\u{1f600}");
        assert_eq!(text.cdata(), "ab[31mc]]]]><![CDATA[>ä\u{1f600}");
    }
}
