//! The MIME package (multipart/related, RFC 2387) that carries a CDA document in an HL7 v3 message.
//!
//! The parts are cut here and not by the mail parser, which nests messages until the stack overflows
//! and turns texts into other texts, where a signed document must come out byte for byte. The mail parser
//! reads the header fields, whose grammar is the hard part.

use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{HeaderName, HeaderValue, Message, MessageParser};

use crate::wire::{b64, bytes};

const LONGEST_HEADER: usize = 8 * 1024;
const MOST_PARTS: usize = 64;
const BOUNDARY: &str = "kantakoe-package";

/// Why a package gave no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// The text is no Base64.
    #[error("not Base64: {0}")]
    Base64(String),
    /// The text only refers to an attachment.
    #[error("the document is only referred to, by {0}")]
    Reference(String),
    /// Neither a MIME package nor an XML document.
    #[error("neither a MIME package nor an XML document")]
    Unknown,
    /// A header longer than any package needs, or one without end.
    #[error("no header of at most {LONGEST_HEADER} bytes")]
    Header,
    /// Not multipart, or multipart without boundary.
    #[error("no multipart package: {0}")]
    NotMultipart(String),
    /// The package has no parts, or too many.
    #[error("{0} parts")]
    Parts(usize),
    /// No part has the content id that `start` names.
    #[error("no part has the content id {0}")]
    NoStart(String),
    /// A transfer encoding that is not known, or not kept to.
    #[error("transfer encoding {0} cannot be undone")]
    TransferEncoding(String),
}

/// The bytes of the root part: the one that `start` names, or the first.
///
/// # Errors
/// See [`PackageError`].
pub fn unpack(package: &[u8]) -> Result<Vec<u8>, PackageError> {
    let (header, body) = split_header(package)?;
    let header = fields(header).ok_or(PackageError::Header)?;
    let kind = field(&header, &HeaderName::ContentType).and_then(HeaderValue::as_content_type);
    let kind = kind.ok_or_else(|| PackageError::NotMultipart("no content type".into()))?;
    if !kind.ctype().eq_ignore_ascii_case("multipart") {
        return Err(PackageError::NotMultipart(kind.ctype().to_owned()));
    }
    let boundary = kind.attribute("boundary").filter(|boundary| !boundary.is_empty());
    let boundary = boundary.ok_or_else(|| PackageError::NotMultipart("no boundary".into()))?;
    let parts = parts(body, boundary);
    if parts.is_empty() || parts.len() > MOST_PARTS {
        return Err(PackageError::Parts(parts.len()));
    }
    root_part(&parts, kind.attribute("start"))
}

/// Whether `bytes` begin like a MIME header: a field name and a colon.
pub(crate) fn looks_like_package(bytes: &[u8]) -> bool {
    let name = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    name > 0 && bytes.get(name) == Some(&b':')
}

/// A package with `document` as its one part.
pub fn pack(document: &[u8]) -> Vec<u8> {
    let head = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"{BOUNDARY}\"; type=\"text/xml\"; \
         start=\"<document>\"\r\n\r\n--{BOUNDARY}\r\nContent-Type: text/xml; charset=UTF-8\r\n\
         Content-ID: <document>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    );
    format!("{head}{}\r\n--{BOUNDARY}--\r\n", b64::encode(document)).into_bytes()
}

fn root_part(parts: &[&[u8]], start: Option<&str>) -> Result<Vec<u8>, PackageError> {
    let start = start.map(|id| id.trim_matches(['<', '>']));
    for part in parts {
        let (header, body) = split_header(part)?;
        let header = fields(header);
        let field = |name: &HeaderName<'_>| {
            header.as_ref().and_then(|header| field(header, name)).and_then(HeaderValue::as_text)
        };
        if start.is_none_or(|start| field(&HeaderName::ContentId) == Some(start)) {
            return transfer_decoded(body, field(&HeaderName::ContentTransferEncoding).unwrap_or("7bit"));
        }
    }
    Err(PackageError::NoStart(start.unwrap_or_default().to_owned()))
}

fn transfer_decoded(body: &[u8], encoding: &str) -> Result<Vec<u8>, PackageError> {
    let decoded = match encoding.trim().to_ascii_lowercase().as_str() {
        "7bit" | "8bit" | "binary" => Some(body.to_vec()),
        "base64" => std::str::from_utf8(body).ok().and_then(|text| b64::decode(text).ok()),
        "quoted-printable" => quoted_printable_decode(body),
        _ => None,
    };
    decoded.ok_or_else(|| PackageError::TransferEncoding(encoding.to_owned()))
}

fn fields(header: &[u8]) -> Option<Message<'_>> {
    MessageParser::default().parse_headers(header)
}

fn field<'m>(message: &'m Message<'_>, name: &HeaderName<'_>) -> Option<&'m HeaderValue<'m>> {
    message.headers().iter().rev().find(|header| header.name == *name).map(|header| &header.value)
}

/// The header with its closing empty line, and what follows.
fn split_header(bytes: &[u8]) -> Result<(&[u8], &[u8]), PackageError> {
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        at += line.len();
        if at > LONGEST_HEADER {
            break;
        }
        if matches!(line, b"\n" | b"\r\n") {
            return Ok(bytes.split_at(at));
        }
    }
    Err(PackageError::Header)
}

/// What stands between the delimiter lines. The line end before a delimiter belongs to it; a package
/// that breaks off without the closing delimiter has no last part.
fn parts<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let mut start = None;
    let mut at = 0;
    while at < body.len() {
        let line = first_line(&body[at..]);
        if let Some(delimiter) = delimiter(line, boundary) {
            parts.extend(start.map(|start| without_line_end(&body[start..at])));
            start = Some(at + line.len());
            if delimiter == Delimiter::Closing {
                break;
            }
        }
        at += line.len();
    }
    parts
}

/// The first line with its line feed.
fn first_line(bytes: &[u8]) -> &[u8] {
    let end = bytes::find(bytes, |byte| byte == b'\n').map_or(bytes.len(), |at| at + 1);
    &bytes[..end]
}

#[derive(PartialEq, Eq)]
enum Delimiter {
    Between,
    Closing,
}

fn delimiter(line: &[u8], boundary: &str) -> Option<Delimiter> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary.as_bytes())?.trim_ascii_end();
    match rest {
        b"" => Some(Delimiter::Between),
        b"--" => Some(Delimiter::Closing),
        _ => None,
    }
}

fn without_line_end(part: &[u8]) -> &[u8] {
    let part = part.strip_suffix(b"\n").unwrap_or(part);
    part.strip_suffix(b"\r").unwrap_or(part)
}

#[cfg(test)]
mod tests {
    use super::{PackageError, pack, unpack};

    /// A package of `parts`, each a header and a body, with `kind` as its content type.
    fn package(kind: &str, parts: &[(&str, &str)]) -> String {
        let parts: String = parts.iter().map(|(header, body)| format!("--b\r\n{header}\r\n\r\n{body}\r\n")).collect();
        format!("MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\npreamble\r\n{parts}--b--\r\nepilogue")
    }

    fn root(kind: &str, parts: &[(&str, &str)]) -> Result<String, PackageError> {
        unpack(package(kind, parts).as_bytes()).map(|bytes| String::from_utf8(bytes).expect("UTF-8"))
    }

    const RELATED: &str = "multipart/related; boundary=b";

    #[test]
    fn the_root_part_is_the_first_or_the_one_that_start_names() {
        let parts = [("Content-ID: <1>", "<a/>"), ("Content-ID: <2>", "<b/>")];
        assert_eq!(root(RELATED, &parts).as_deref(), Ok("<a/>"));
        assert_eq!(root("Multipart/Related;\r\n boundary=\"b\"; start=\"<2>\"", &parts).as_deref(), Ok("<b/>"));
        let missing = root("multipart/related; boundary=b; start=\"<3>\"", &parts);
        assert_eq!(missing, Err(PackageError::NoStart("3".into())));
    }

    #[test]
    fn a_body_comes_out_byte_for_byte() {
        let body = "\u{FEFF}<?xml version=\"1.0\"?>\n<a>ä \t\r\n--bb\r\n--\r\n</a>\n";
        for encoding in ["8bit", "7bit", "binary", "BINARY"] {
            let header = format!("Content-Type: text/xml; charset=ISO-8859-1\r\nContent-Transfer-Encoding: {encoding}");
            assert_eq!(root(RELATED, &[(&header, body)]).as_deref(), Ok(body));
        }
        assert_eq!(root(RELATED, &[("Content-Type: text/xml", body)]).as_deref(), Ok(body));
    }

    #[test]
    fn transfer_encodings_are_undone() {
        let encoded =
            |encoding: &str, body: &str| root(RELATED, &[(&format!("Content-Transfer-Encoding: {encoding}"), body)]);
        assert_eq!(encoded("base64", "PGEv\r\nPg==\r\n").as_deref(), Ok("<a/>"));
        assert_eq!(encoded("Quoted-Printable", "<a b=3D\"=C3=A4=\r\n\"/>").as_deref(), Ok("<a b=\"ä\"/>"));
        for (encoding, body) in [("base64", "PGEv*"), ("quoted-printable", "=ZZ"), ("x-gzip", "abc")] {
            assert_eq!(encoded(encoding, body), Err(PackageError::TransferEncoding(encoding.into())));
        }
    }

    #[test]
    fn packages_out_of_shape_are_named() {
        assert_eq!(root("text/xml", &[]), Err(PackageError::NotMultipart("text".into())));
        assert_eq!(root("multipart/related", &[]), Err(PackageError::NotMultipart("no boundary".into())));
        assert_eq!(root(RELATED, &[]), Err(PackageError::Parts(0)));
        assert_eq!(root(RELATED, &[("Content-ID: <1>", ""); 65]), Err(PackageError::Parts(65)));
        assert_eq!(unpack(b"MIME-Version: 1.0\r\n\r\n"), Err(PackageError::NotMultipart("no content type".into())));
        assert_eq!(unpack(b"no header"), Err(PackageError::Header));
        assert_eq!(unpack("X: y\r\n".repeat(10_000).as_bytes()), Err(PackageError::Header));
    }

    #[test]
    fn messages_inside_one_another_are_not_followed() {
        let nested = "Content-Type: message/rfc822\r\n\r\n".repeat(100_000);
        assert_eq!(root(RELATED, &[("Content-ID: <1>", &nested)]), Ok(nested));
        let multipart = "Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n".repeat(100_000);
        assert_eq!(root(RELATED, &[("Content-ID: <1>", &multipart)]), Ok(multipart));
    }

    proptest::proptest! {
        #[test]
        fn what_is_packed_is_unpacked(document: Vec<u8>) {
            proptest::prop_assert_eq!(unpack(&pack(&document)), Ok(document));
        }

        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, text in "(Content-[A-Z][a-z]{2,9}: [ -~]{0,30}\r\n|--b\r\n|\r\n|[ -~]{0,9}){0,12}") {
            let _ = unpack(&bytes);
            let _ = unpack(text.as_bytes());
        }
    }
}
