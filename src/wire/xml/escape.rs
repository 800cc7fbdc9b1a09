//! Text as it may stand in element content and in attribute values.

use std::fmt::{Display, Formatter, Result, Write};

/// Writes its text escaped, fit for content and for attribute values in either quote. Line ends and
/// tabs survive as character references; what XML cannot carry becomes U+FFFD.
#[derive(Debug, Clone, Copy)]
pub struct Escaped<'a>(pub &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        self.0.chars().try_for_each(|character| match character {
            '&' => out.write_str("&amp;"),
            '<' => out.write_str("&lt;"),
            '>' => out.write_str("&gt;"),
            '"' => out.write_str("&quot;"),
            '\'' => out.write_str("&apos;"),
            '\t' | '\n' | '\r' => write!(out, "&#{};", character as u32),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.write_char('\u{FFFD}'),
            other => out.write_char(other),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Escaped;

    proptest::proptest! {
        #[test]
        fn whatever_is_written_reads_back(text in "[^\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\u{FFFE}\u{FFFF}]{1,40}") {
            let written = format!("<a b=\"{0}\" c='{0}'>{0}</a>", Escaped(&text));
            let document = roxmltree::Document::parse(&written).expect("well-formed");
            let root = document.root_element();
            proptest::prop_assert_eq!(root.attribute("b"), Some(text.as_str()));
            proptest::prop_assert_eq!(root.attribute("c"), Some(text.as_str()));
            proptest::prop_assert_eq!(root.text(), Some(text.as_str()));
        }
    }

    #[test]
    fn what_xml_cannot_carry_is_replaced() {
        assert_eq!(Escaped("a\u{1}\u{FFFF}b").to_string(), "a\u{FFFD}\u{FFFD}b");
    }
}
