//! From bytes to text: size, byte order mark, and the encoding that the XML declaration tells.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::{ReadError, ReadErrorKind, ReadLimits};
use crate::wire::Part;
use crate::words::said;

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";
/// Longest XML declaration that is looked at.
const LONGEST_DECLARATION: usize = 512;
/// Names of ISO 8859-1, which the Encoding Standard takes for windows-1252.
const LATIN_1: [&str; 5] = ["iso-8859-1", "iso_8859-1", "latin1", "l1", "iso-ir-100"];

/// The text of `bytes` without a leading byte order mark, fit for the parser (see [`line_feeds`]): of UTF-8, UTF-16 and
/// every encoding that has one byte a character, as the mark or the XML declaration tells (XML 1.0, 4.3.3).
///
/// # Errors
/// Too many bytes; bytes that are not of the encoding told; an encoding that is not known here; an XML declaration that
/// names another encoding than the bytes have.
pub fn decode<'a>(bytes: &'a [u8], part: Part, limits: &ReadLimits) -> Result<Cow<'a, str>, ReadError> {
    decode_as(bytes, None, part, limits)
}

/// [`decode`], where `charset` of the media type tells the encoding before the XML declaration does (RFC 7303, 3).
///
/// # Errors
/// As [`decode`].
pub fn decode_as<'a>(
    bytes: &'a [u8],
    charset: Option<&str>,
    part: Part,
    limits: &ReadLimits,
) -> Result<Cow<'a, str>, ReadError> {
    if bytes.len() > limits.bytes {
        return Err(ReadErrorKind::TooLarge { bytes: bytes.len(), limit: limits.bytes }.at(part, 0));
    }
    let wrong = |why| ReadErrorKind::Encoding(why).at(part, 0);
    if let Some((encoding, name)) = wide_encoding(bytes) {
        let encoding = encoding.ok_or_else(|| wrong(said::the_bytes_are(name)))?;
        let text = encoding.decode_without_bom_handling_and_without_replacement(without_mark(bytes));
        let text = text.ok_or_else(|| wrong(said::the_bytes_are_no(name)))?;
        return match declared_encoding(text.as_bytes()) {
            Some(other) if !is_utf16(&other) && !charset.is_some_and(is_utf16) => {
                Err(wrong(said::the_xml_declaration_says(other)))
            }
            _ => Ok(line_feeds_of(text)),
        };
    }
    if let Some(marked) = bytes.strip_prefix(UTF8_MARK) {
        return match declared_encoding(marked) {
            Some(other) if !is_utf8(&other) => Err(wrong(said::the_xml_declaration_says(other))),
            _ => utf8(marked, part),
        };
    }
    // Programs write the media type for every message alike: what is no UTF-8 is read as the text itself declares.
    let told = charset.filter(|name| !is_utf8(name) || std::str::from_utf8(bytes).is_ok()).map(str::to_owned);
    match told.or_else(|| declared_encoding(bytes)) {
        Some(name) if !is_utf8(&name) => narrow(bytes, &name, part),
        _ => utf8(bytes, part),
    }
}

fn utf8(bytes: &[u8], part: Part) -> Result<Cow<'_, str>, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        ReadErrorKind::Encoding(said::byte_is_not_utf_8(offset)).at(part, offset)
    })?;
    Ok(line_feeds(text))
}

/// The text in an encoding with one byte a character, in which ASCII is ASCII: identity codes are found in its bytes.
fn narrow<'a>(bytes: &'a [u8], name: &str, part: Part) -> Result<Cow<'a, str>, ReadError> {
    let wrong = |why| ReadErrorKind::Encoding(why).at(part, 0);
    if LATIN_1.iter().any(|label| label.eq_ignore_ascii_case(name)) {
        return Ok(line_feeds_of(bytes.iter().map(|byte| char::from(*byte)).collect::<String>().into()));
    }
    if ["us-ascii", "ascii"].iter().any(|label| label.eq_ignore_ascii_case(name)) {
        return if bytes.is_ascii() { utf8(bytes, part) } else { Err(wrong(said::the_bytes_are_no(name))) };
    }
    let known = Encoding::for_label_no_replacement(name.as_bytes()).filter(|encoding| encoding.is_single_byte());
    let encoding = known.ok_or_else(|| wrong(said::the_xml_declaration_says(name)))?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(line_feeds_of).ok_or_else(|| wrong(said::the_bytes_are_no(name)))
}

fn line_feeds_of(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => line_feeds(text),
        Cow::Owned(text) => Cow::Owned(line_feeds(&text).into_owned()),
    }
}

fn is_utf8(name: &str) -> bool {
    name.eq_ignore_ascii_case("UTF-8") || name.eq_ignore_ascii_case("UTF8")
}

fn is_utf16(name: &str) -> bool {
    ["UTF-16", "UTF-16LE", "UTF-16BE", "ISO-10646-UCS-2"].iter().any(|known| known.eq_ignore_ascii_case(name))
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
fn wide_encoding(bytes: &[u8]) -> Option<(Option<&'static Encoding>, &'static str)> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] | [b'<', 0, 0, 0, ..] | [0, 0, 0, b'<', ..] => {
            Some((None, "UTF-32"))
        }
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => Some((Some(UTF_16LE), "UTF-16")),
        [0xFE, 0xFF, ..] | [0, b'<', ..] => Some((Some(UTF_16BE), "UTF-16")),
        _ => None,
    }
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xFF\xFE").or_else(|| bytes.strip_prefix(b"\xFE\xFF")).unwrap_or(bytes)
}

/// The `encoding` of the XML declaration, where there is one.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let start = &bytes[..bytes.len().min(LONGEST_DECLARATION)];
    let rest = start.strip_prefix(b"<?xml")?;
    let declaration = &rest[..memchr::memmem::find(rest, b"?>")?];
    let declaration = std::str::from_utf8(declaration).ok()?;
    if !declaration.starts_with(is_space) {
        return None;
    }
    let value = declaration.split_once("encoding")?.1.trim_start_matches(is_space).strip_prefix('=')?;
    let value = value.trim_start_matches(is_space);
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split(quote).next().map(str::to_owned)
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

#[cfg(test)]
mod tests {
    use super::{Part, ReadErrorKind, ReadLimits, decode, decode_as, line_feeds};

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

    fn text(bytes: &[u8]) -> String {
        decode(bytes, Part::Frame, &ReadLimits::default()).expect("text").into_owned()
    }

    #[test]
    fn what_declares_its_encoding_is_read_by_it() {
        let declared = |name: &str| format!("<?xml version='1.0' encoding='{name}'?><a>").into_bytes();
        for (name, byte, letter) in [
            ("ISO-8859-1", 0xE4, "ä"),
            ("iso-8859-1", 0x96, "\u{96}"),
            ("ISO-8859-15", 0xA4, "€"),
            ("windows-1252", 0x96, "–"),
            ("Windows-1257", 0xE0, "ą"),
        ] {
            let bytes = [declared(name), vec![byte], b"</a>".to_vec()].concat();
            assert!(text(&bytes).ends_with(&format!("<a>{letter}</a>")), "{name}");
        }
        assert!(text(b"<?xml version='1.0' encoding='US-ASCII'?><a>&#228;</a>").ends_with("<a>&#228;</a>"));
        let wide = "\u{FEFF}<?xml version='1.0' encoding='UTF-16'?><a>\u{1F600}ä\r\n</a>";
        let little: Vec<u8> = wide.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = wide.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!([text(&little), text(&big)], [&wide[3..], &wide[3..]]);
        let unmarked: Vec<u8> = "<a>ä</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&unmarked), "<a>ä</a>");
    }

    #[test]
    fn the_media_type_tells_the_encoding_first() {
        let read = |charset, bytes| decode_as(bytes, charset, Part::Frame, &ReadLimits::default());
        assert_eq!(read(Some("iso-8859-1"), b"<a>\xE4</a>"), Ok("<a>ä</a>".into()));
        assert_eq!(read(Some("utf-8"), "<a>ä</a>".as_bytes()), Ok("<a>ä</a>".into()));
        assert_eq!(read(Some("iso-8859-1"), "\u{FEFF}<a>ä</a>".as_bytes()), Ok("<a>ä</a>".into()));
        let declared = "<?xml version='1.0' encoding='ISO-8859-1'?><a>ä</a>";
        assert_eq!(read(Some("utf-8"), declared.as_bytes()), Ok(declared.into()), "characters that travelled as UTF-8");
        let narrow: Vec<u8> = declared.chars().map(|letter| letter as u8).collect();
        let text = decode_as(&narrow, Some("utf-8"), Part::Frame, &ReadLimits::default());
        assert_eq!(text, Ok(declared.into()), "bytes that are no UTF-8");
    }

    #[test]
    fn other_encodings_are_named() {
        let said = |bytes: &[u8]| match kind(bytes) {
            Some(ReadErrorKind::Encoding(why)) => why.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(said(b"\xFF\xFE<\0\x00\xD8"), "the bytes are no UTF-16");
        assert_eq!(said(b"\0\0\xFE\xFF"), "the bytes are UTF-32");
        assert_eq!(said(b"<?xml version='1.0' encoding='Shift_JIS'?><a/>"), "the XML declaration says Shift_JIS");
        assert_eq!(said(b"<?xml version='1.0' encoding='XYZ'?><a/>"), "the XML declaration says XYZ");
        assert_eq!(said(b"<?xml version='1.0'\nencoding=\"UTF-16\"?><a/>"), "the XML declaration says UTF-16");
        assert_eq!(said(b"<?xml version='1.0' encoding='US-ASCII'?><a>\xE4</a>"), "the bytes are no US-ASCII");
        assert_eq!(
            said(b"\xEF\xBB\xBF<?xml version='1.0' encoding='ISO-8859-1'?><a/>"),
            "the XML declaration says ISO-8859-1"
        );
        assert_eq!(said(b"<a>\xE4</a>"), "byte 3 is not UTF-8");
    }

    #[test]
    fn size_is_bounded() {
        assert_eq!(kind(&[b' '; 101]), Some(ReadErrorKind::TooLarge { bytes: 101, limit: 100 }));
    }
}
