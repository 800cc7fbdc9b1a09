//! From bytes to text: size, byte order mark, UTF-8, and what the XML declaration says of it.

use std::borrow::Cow;

use super::{ReadError, ReadErrorKind, ReadLimits};
use crate::wire::Part;
use crate::words::said;

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The text of `bytes` without a leading byte order mark, fit for the parser (see [`line_feeds`]).
///
/// # Errors
/// Too many bytes; bytes that are not UTF-8; an XML declaration that names another encoding, since a
/// receiver that obeys it would read other letters.
pub fn decode<'a>(bytes: &'a [u8], part: Part, limits: &ReadLimits) -> Result<Cow<'a, str>, ReadError> {
    if bytes.len() > limits.bytes {
        return Err(ReadErrorKind::TooLarge { bytes: bytes.len(), limit: limits.bytes }.at(part, 0));
    }
    if let Some(name) = wide_encoding(bytes) {
        return Err(ReadErrorKind::Encoding(said::the_bytes_are(name)).at(part, 0));
    }
    let bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        ReadErrorKind::Encoding(said::byte_is_not_utf_8(offset)).at(part, offset)
    })?;
    match declared_encoding(text) {
        Some(name) if !name.eq_ignore_ascii_case("UTF-8") => {
            Err(ReadErrorKind::Encoding(said::the_xml_declaration_says(name)).at(part, 0))
        }
        _ => Ok(line_feeds(text)),
    }
}

/// `text` with LF for each CR that stands alone, as every XML processor reads it (XML 1.0, 2.11). The
/// parser does so too, but not between two character references; the offsets stay the same.
pub fn line_feeds(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let alone = |at: usize| !text[at + 1..].starts_with('\n');
    let read = |(at, character)| if character == '\r' && alone(at) { '\n' } else { character };
    text.char_indices().map(read).collect()
}

/// UTF-16 and UTF-32 show in the first four bytes, with or without a mark (XML 1.0, appendix F).
fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] | [b'<', 0, 0, 0, ..] | [0, 0, 0, b'<', ..] => Some("UTF-32"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'<', 0, ..] | [0, b'<', ..] => Some("UTF-16"),
        _ => None,
    }
}

/// The `encoding` of the XML declaration, where there is one.
fn declared_encoding(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("<?xml")?;
    let declaration = &rest[..rest.find("?>")?];
    if !declaration.starts_with(is_space) {
        return None;
    }
    let value = declaration.split_once("encoding")?.1.trim_start_matches(is_space).strip_prefix('=')?;
    let value = value.trim_start_matches(is_space);
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split(quote).next()
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

#[cfg(test)]
mod tests {
    use super::{Part, ReadErrorKind, ReadLimits, decode, line_feeds};

    fn kind(bytes: &[u8]) -> Option<ReadErrorKind> {
        decode(bytes, Part::Frame, &ReadLimits { bytes: 100, depth: 8 }).err().map(|error| error.kind)
    }

    #[test]
    fn utf8_is_read_with_and_without_mark_and_declaration() {
        assert_eq!(kind(b"<a/>"), None);
        assert_eq!(kind(b"\xEF\xBB\xBF<?xml version='1.0' encoding = 'utf-8'?><a/>"), None);
        assert_eq!(kind(b"<?xml version=\"1.0\"?><a/>"), None);
        assert_eq!(kind(b"<?xml-stylesheet encoding='UTF-16'?><a/>"), None);
        assert_eq!(decode(b"\xEF\xBB\xBF<a/>", Part::Frame, &ReadLimits::default()), Ok("<a/>".into()));
    }

    #[test]
    fn a_carriage_return_alone_is_a_line_feed() {
        assert_eq!(line_feeds("a\rb\r\nc\r\r\n\r"), "a\nb\r\nc\n\r\n\n");
        let text = line_feeds("<a>&amp;\r</a>");
        let document = roxmltree::Document::parse(&text).expect("well-formed");
        assert_eq!(document.root_element().text(), Some("&\n"));
    }

    #[test]
    fn other_encodings_are_named() {
        let said = |bytes: &[u8]| match kind(bytes) {
            Some(ReadErrorKind::Encoding(why)) => why.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(said(b"\xFF\xFE<\0a\0"), "the bytes are UTF-16");
        assert_eq!(said(b"\0<\0a"), "the bytes are UTF-16");
        assert_eq!(said(b"\0\0\xFE\xFF"), "the bytes are UTF-32");
        assert_eq!(said(b"<?xml version='1.0' encoding='windows-1252'?><a/>"), "the XML declaration says windows-1252");
        assert_eq!(said(b"<?xml version='1.0'\nencoding=\"UTF-16\"?><a/>"), "the XML declaration says UTF-16");
        assert_eq!(said(b"<a>\xE4</a>"), "byte 3 is not UTF-8");
    }

    #[test]
    fn size_is_bounded() {
        assert_eq!(kind(&[b' '; 101]), Some(ReadErrorKind::TooLarge { bytes: 101, limit: 100 }));
    }
}
