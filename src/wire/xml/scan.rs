//! A look over the tags before a tree is built. The parser is iterative, but its cost grows with the
//! square of namespaces in scope and of attributes of one element, so these are bounded here, as is
//! the depth. Up to the first fault the scan sees the same tags as the parser; behind it the parser
//! does not read on.

use super::{ReadErrorKind, Surplus};

const MOST_ATTRIBUTES: usize = 256;
const MOST_NAMESPACES: usize = 1024;

/// Checks depth and counts; the error comes with its byte offset.
pub(super) fn scan(text: &str, depth: usize) -> Result<(), (ReadErrorKind, usize)> {
    let bytes = text.as_bytes();
    let mut scan = Scan { limit: depth, depth: 0, namespaces: 0 };
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        let length = scan.markup(&bytes[start..]).map_err(|kind| (kind, start))?;
        at = start + length;
    }
    Ok(())
}

struct Scan {
    limit: usize,
    depth: usize,
    namespaces: usize,
}

impl Scan {
    /// Takes in one piece of markup and answers its length.
    fn markup(&mut self, text: &[u8]) -> Result<usize, ReadErrorKind> {
        match text.get(1) {
            Some(b'!') => special(text),
            Some(b'?') => Ok(end_of(text, 2, b"?>")),
            Some(b'/') => {
                self.depth = self.depth.saturating_sub(1);
                Ok(end_of(text, 2, b">"))
            }
            _ => self.start_tag(text),
        }
    }

    fn start_tag(&mut self, text: &[u8]) -> Result<usize, ReadErrorKind> {
        let tag = Tag::of(text);
        if tag.attributes > MOST_ATTRIBUTES {
            return Err(ReadErrorKind::TooMany { what: Surplus::Attributes, limit: MOST_ATTRIBUTES });
        }
        self.namespaces += tag.namespaces;
        if self.namespaces > MOST_NAMESPACES {
            return Err(ReadErrorKind::TooMany { what: Surplus::Namespaces, limit: MOST_NAMESPACES });
        }
        if self.depth >= self.limit {
            return Err(ReadErrorKind::TooDeep { limit: self.limit });
        }
        if !tag.empty {
            self.depth += 1;
        }
        Ok(tag.length)
    }
}

/// The length of the comment or the section of character data that `text` begins with.
fn special(text: &[u8]) -> Result<usize, ReadErrorKind> {
    let kinds: [(&[u8], &[u8]); 2] = [(b"<!--", b"-->"), (b"<![CDATA[", b"]]>")];
    let kind = kinds.into_iter().find(|(opening, _)| text.starts_with(opening));
    kind.map(|(opening, closing)| end_of(text, opening.len(), closing)).ok_or(ReadErrorKind::Doctype)
}

#[derive(Default)]
struct Tag {
    length: usize,
    attributes: usize,
    namespaces: usize,
    empty: bool,
}

impl Tag {
    /// The start tag that `bytes` begin with; all of them where the tag does not end.
    fn of(bytes: &[u8]) -> Self {
        let mut tag = Self::default();
        while let Some(found) = bytes[tag.length..].iter().position(|byte| matches!(byte, b'=' | b'"' | b'\'' | b'>')) {
            let at = tag.length + found;
            tag.length = at + 1;
            match bytes[at] {
                b'=' => {
                    tag.attributes += 1;
                    tag.namespaces += usize::from(declares_namespace(&bytes[..at]));
                }
                b'>' => {
                    tag.empty = bytes[at - 1] == b'/';
                    return tag;
                }
                quote => tag.length += end_of_value(&bytes[tag.length..], quote),
            }
        }
        tag.length = bytes.len();
        tag
    }
}

/// The length of an attribute's value with the quote behind it. Most values are short.
fn end_of_value(bytes: &[u8], quote: u8) -> usize {
    bytes.iter().position(|byte| *byte == quote).map_or(bytes.len(), |at| at + 1)
}

/// Whether the name that `before` ends with is one of a namespace declaration.
fn declares_namespace(before: &[u8]) -> bool {
    let name = before.trim_ascii_end();
    let length = name.iter().rev().take_while(|byte| !byte.is_ascii_whitespace()).count();
    name[name.len() - length..].starts_with(b"xmlns")
}

fn end_of(text: &[u8], from: usize, closing: &[u8]) -> usize {
    memchr::memmem::find(&text[from..], closing).map_or(text.len(), |at| from + at + closing.len())
}

#[cfg(test)]
mod tests {
    use super::{ReadErrorKind, scan};

    #[test]
    fn counts_levels_and_not_what_only_looks_like_tags() {
        assert_eq!(scan("<a><b x='<c><d>'/><!-- <c><d> --><![CDATA[<c><d>]]><?p <c><d>?><b></b></a>", 2), Ok(()));
        assert_eq!(scan("<a><b><c/></b></a>", 2), Err((ReadErrorKind::TooDeep { limit: 2 }, 6)));
        assert_eq!(scan("<a><b/><b/><b/></a>", 2), Ok(()));
    }

    #[test]
    fn refuses_document_types_and_floods() {
        assert_eq!(scan("<!DOCTYPE a><a/>", 2), Err((ReadErrorKind::Doctype, 0)));
        let attributes: String = (0..300).map(|n| format!(" a{n}='' ")).collect();
        assert!(matches!(scan(&format!("<a{attributes}/>"), 2), Err((ReadErrorKind::TooMany { .. }, 0))));
        let namespaces = "<b xmlns='u'/>".repeat(1025);
        assert!(matches!(scan(&format!("<a>{namespaces}</a>"), 2), Err((ReadErrorKind::TooMany { .. }, _))));
        let spaced = namespaces.replace('=', "\n = ");
        assert!(matches!(scan(&format!("<a>{spaced}</a>"), 2), Err((ReadErrorKind::TooMany { .. }, _))));
    }

    #[test]
    fn cut_off_markup_ends_the_scan() {
        for text in ["<", "<a", "<a b='", "<!--", "<![CDATA[", "<?p", "</", "</a"] {
            assert_eq!(scan(text, 2), Ok(()), "{text}");
        }
    }
}
