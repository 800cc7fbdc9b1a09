//! A look over the tags before a tree is built. The parser is iterative, but its cost grows with the
//! square of namespaces in scope and of attributes of one element, so these are bounded here, as is
//! the depth. Up to the first fault the scan sees the same tags as the parser; behind it the parser
//! does not read on.

use super::ReadErrorKind;

const MOST_ATTRIBUTES: usize = 256;
const MOST_NAMESPACES: usize = 1024;

/// Checks depth and counts; the error comes with its byte offset.
pub(super) fn scan(text: &str, depth: usize) -> Result<(), (ReadErrorKind, usize)> {
    let mut scan = Scan { limit: depth, depth: 0, namespaces: 0 };
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &text.as_bytes()[at..]) {
        let start = at + found;
        let length = scan.markup(&text[start..]).map_err(|kind| (kind, start))?;
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
    fn markup(&mut self, text: &str) -> Result<usize, ReadErrorKind> {
        for (opening, closing) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
            if text.starts_with(opening) {
                return Ok(end_of(text, opening.len(), closing));
            }
        }
        if text.starts_with("<!") {
            return Err(ReadErrorKind::Doctype);
        }
        if text.starts_with("</") {
            self.depth = self.depth.saturating_sub(1);
            return Ok(end_of(text, 2, ">"));
        }
        self.start_tag(text)
    }

    fn start_tag(&mut self, text: &str) -> Result<usize, ReadErrorKind> {
        let tag = Tag::of(text);
        if tag.attributes > MOST_ATTRIBUTES {
            return Err(ReadErrorKind::TooMany { what: "attributes of one element", limit: MOST_ATTRIBUTES });
        }
        self.namespaces += tag.namespaces;
        if self.namespaces > MOST_NAMESPACES {
            return Err(ReadErrorKind::TooMany { what: "namespace declarations", limit: MOST_NAMESPACES });
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

#[derive(Default)]
struct Tag {
    length: usize,
    attributes: usize,
    namespaces: usize,
    empty: bool,
}

impl Tag {
    /// The start tag that `text` begins with; all of the text where the tag does not end.
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut tag = Self::default();
        while let Some(&byte) = bytes.get(tag.length) {
            tag.length += 1;
            match byte {
                b'"' | b'\'' => {
                    tag.length += memchr::memchr(byte, &bytes[tag.length..]).unwrap_or(bytes.len()) + 1;
                }
                b'=' => {
                    tag.attributes += 1;
                    tag.namespaces += usize::from(declares_namespace(&bytes[..tag.length - 1]));
                }
                b'>' => {
                    tag.empty = bytes[tag.length - 2] == b'/';
                    return tag;
                }
                _ => {}
            }
        }
        tag.length = bytes.len();
        tag
    }
}

/// Whether the name that `before` ends with is one of a namespace declaration.
fn declares_namespace(before: &[u8]) -> bool {
    let mut words = before.trim_ascii_end().rsplit(u8::is_ascii_whitespace);
    words.next().is_some_and(|name| name.starts_with(b"xmlns"))
}

fn end_of(text: &str, from: usize, closing: &str) -> usize {
    text[from..].find(closing).map_or(text.len(), |at| from + at + closing.len())
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
