//! The MIME package (multipart/related, RFC 2387) that carries a CDA document in an HL7 v3 message.
//!
//! The parts are cut here and not by the mail parser, which nests messages until the stack overflows
//! and turns texts into other texts, where a signed document must come out byte for byte. The mail parser
//! reads the header fields, whose grammar is the hard part.

use std::fmt;

use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{HeaderName, HeaderValue, Message, MessageParser};

use crate::wire::{b64, bytes};
use crate::words::{Said, said};

const LONGEST_HEADER: usize = 8 * 1024;
const MOST_PARTS: usize = 64;
const BOUNDARY: &str = "kantakoe-package";

/// Why a package gave no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// The text is no Base64.
    Base64(Said),
    /// The text only refers to an attachment.
    Reference(String),
    /// Neither a MIME package nor an XML document.
    Unknown,
    /// A header longer than any package needs, or one without end.
    Header,
    /// Not multipart, or multipart without boundary.
    NotMultipart(Said),
    /// The package has no parts, or too many.
    Parts(usize),
    /// No part has the content id that `start` names.
    NoStart(String),
    /// A transfer encoding that is not known, or not kept to.
    TransferEncoding(String),
}

impl PackageError {
    /// The same, to be told in any language.
    pub fn said(&self) -> Said {
        match self {
            Self::Base64(why) => said::not_base64(why.clone()),
            Self::Reference(reference) => said::the_document_is_only_referred_to_by(reference),
            Self::Unknown => said::neither_a_mime_package_nor_an_xml(),
            Self::Header => said::no_header_of_at_most_bytes(LONGEST_HEADER),
            Self::NotMultipart(why) => said::no_multipart_package(why.clone()),
            Self::Parts(count) => said::parts(*count),
            Self::NoStart(id) => said::no_part_has_the_content_id(id),
            Self::TransferEncoding(name) => said::transfer_encoding_cannot_be_undone(name),
        }
    }
}

/// In English, for logs.
impl fmt::Display for PackageError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(formatter)
    }
}

/// A part beside the root part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MimePart {
    /// `Content-ID` without its brackets.
    pub id: Option<String>,
    /// `Content-Type` without its parameters, in lower case.
    pub media_type: Option<String>,
    /// The bytes, their transfer encoding undone.
    pub body: Result<Vec<u8>, PackageError>,
}

/// A package that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedPackage {
    /// The bytes of the root part.
    pub root: Vec<u8>,
    /// The encoding that the root part tells of its text.
    pub charset: Option<String>,
    /// The other parts, in order.
    pub others: Vec<MimePart>,
}

/// The bytes of the root part: the one that `start` names, or the first.
///
/// # Errors
/// See [`PackageError`].
pub fn unpack(package: &[u8]) -> Result<Vec<u8>, PackageError> {
    open(package).map(|opened| opened.root)
}

/// The root part, which `start` names or which is the first, and the others.
///
/// # Errors
/// See [`PackageError`].
pub fn open(package: &[u8]) -> Result<OpenedPackage, PackageError> {
    let (header, body) = split_header(package)?;
    let header = fields(header).ok_or(PackageError::Header)?;
    let kind = field(&header, &HeaderName::ContentType).and_then(HeaderValue::as_content_type);
    let kind = kind.ok_or_else(|| PackageError::NotMultipart(said::no_content_type()))?;
    if !kind.ctype().eq_ignore_ascii_case("multipart") {
        return Err(PackageError::NotMultipart(Said::value(kind.ctype())));
    }
    let boundary = kind.attribute("boundary").filter(|boundary| !boundary.is_empty());
    let boundary = boundary.ok_or_else(|| PackageError::NotMultipart(said::no_boundary()))?;
    let parts = bounded_parts(body, boundary)?;
    let start = kind.attribute("start").map(|id| id.trim_matches(['<', '>']));
    let is_root = |part: &HeadedPart<'_>| start.is_none_or(|start| part.id.as_deref() == Some(start));
    opened(&parts, is_root, start.unwrap_or_default())
}

/// The parts of an HTTP body that is a multipart package itself (SOAP with attachments). Its header is `content_type`,
/// that of the request; where a body stands without one, the boundary is read from the first line, and the root is the
/// first part in XML. `None` where the body is no such package.
pub fn open_body(content_type: Option<&str>, body: &[u8]) -> Option<Result<OpenedPackage, PackageError>> {
    if let Some(content_type) = content_type {
        let is_multipart =
            content_type.trim_start().get(..10).is_some_and(|kind| kind.eq_ignore_ascii_case("multipart/"));
        let header = format!("Content-Type: {}\r\n\r\n", content_type.replace(['\r', '\n'], " "));
        return is_multipart.then(|| open(&[header.as_bytes(), body].concat()));
    }
    let start = body.trim_ascii_start();
    let boundary = std::str::from_utf8(first_line(start).strip_prefix(b"--")?.trim_ascii_end()).ok()?;
    let is_xml = |part: &HeadedPart<'_>| part.media_type.as_deref().is_some_and(|kind| kind.ends_with("xml"));
    let open = |boundary| opened(&bounded_parts(start, boundary)?, is_xml, "XML");
    (!boundary.is_empty()).then(|| open(boundary))
}

/// The parameter `charset` of a media type.
pub fn charset(content_type: &str) -> Option<String> {
    let header = format!("Content-Type: {}\r\n\r\n", content_type.replace(['\r', '\n'], " "));
    let header = fields(header.as_bytes())?;
    let kind = field(&header, &HeaderName::ContentType).and_then(HeaderValue::as_content_type)?;
    kind.attribute("charset").map(str::to_owned)
}

/// Whether `bytes` begin like a MIME header: a field name and a colon.
pub(crate) fn looks_like_package(bytes: &[u8]) -> bool {
    let name = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    name > 0 && bytes.get(name) == Some(&b':')
}

/// A package with `document` as its root part and `attachments`: content id, media type and bytes of each.
pub fn pack_with(document: &[u8], attachments: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut package = pack(document);
    let end = format!("--{BOUNDARY}--\r\n");
    package.truncate(package.len() - end.len());
    for (id, media_type, content) in attachments {
        let part = format!(
            "--{BOUNDARY}\r\nContent-Type: {media_type}\r\nContent-ID: <{id}>\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            b64::encode(content)
        );
        package.extend(part.into_bytes());
    }
    package.extend(end.into_bytes());
    package
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

/// A part with what its header says.
struct HeadedPart<'a> {
    charset: Option<String>,
    id: Option<String>,
    media_type: Option<String>,
    encoding: String,
    body: &'a [u8],
}

fn bounded_parts<'a>(body: &'a [u8], boundary: &str) -> Result<Vec<&'a [u8]>, PackageError> {
    let parts = parts(body, boundary);
    if parts.is_empty() || parts.len() > MOST_PARTS { Err(PackageError::Parts(parts.len())) } else { Ok(parts) }
}

fn opened(
    parts: &[&[u8]],
    is_root: impl Fn(&HeadedPart<'_>) -> bool,
    wanted: &str,
) -> Result<OpenedPackage, PackageError> {
    let mut root = None;
    let mut others = Vec::new();
    for part in parts {
        let part = read_part(part)?;
        let body = transfer_decoded(part.body, &part.encoding);
        if root.is_none() && is_root(&part) {
            root = Some((body?, part.charset));
        } else {
            others.push(MimePart { id: part.id, media_type: part.media_type, body });
        }
    }
    let (root, charset) = root.ok_or_else(|| PackageError::NoStart(wanted.to_owned()))?;
    Ok(OpenedPackage { root, charset, others })
}

fn read_part(part: &[u8]) -> Result<HeadedPart<'_>, PackageError> {
    let (header, body) = split_header(part)?;
    let header = fields(header);
    let value = |name: &HeaderName<'_>| header.as_ref().and_then(|header| field(header, name));
    let text = |name: &HeaderName<'_>| value(name).and_then(HeaderValue::as_text).map(str::to_owned);
    let kind = value(&HeaderName::ContentType).and_then(HeaderValue::as_content_type);
    let media_type = kind.map(|kind| match kind.subtype() {
        Some(subtype) => format!("{}/{subtype}", kind.ctype()).to_ascii_lowercase(),
        None => kind.ctype().to_ascii_lowercase(),
    });
    let encoding = text(&HeaderName::ContentTransferEncoding).unwrap_or_else(|| "7bit".to_owned());
    let id = text(&HeaderName::ContentId).map(|id| id.trim_matches(['<', '>']).to_owned());
    let charset = kind.and_then(|kind| kind.attribute("charset")).map(str::to_owned);
    Ok(HeadedPart { charset, id, media_type, encoding, body })
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
    use super::{PackageError, charset, open, open_body, pack, pack_with, unpack};
    use crate::words::said;

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
        assert_eq!(root("multipart/related", &[]), Err(PackageError::NotMultipart(said::no_boundary())));
        assert_eq!(root(RELATED, &[]), Err(PackageError::Parts(0)));
        assert_eq!(root(RELATED, &[("Content-ID: <1>", ""); 65]), Err(PackageError::Parts(65)));
        assert_eq!(unpack(b"MIME-Version: 1.0\r\n\r\n"), Err(PackageError::NotMultipart(said::no_content_type())));
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

    #[test]
    fn attachments_come_out_beside_the_root() {
        let packed = pack_with(b"<a/>", &[("one@x", "Application/PDF", b"%PDF"), ("two", "text/plain", b"")]);
        let opened = open(&packed).expect("package");
        let told: Vec<_> = opened
            .others
            .iter()
            .map(|part| (part.id.as_deref(), part.media_type.as_deref(), part.body.as_deref()))
            .collect();
        let pdf = (Some("one@x"), Some("application/pdf"), Ok(b"%PDF".as_slice()));
        assert_eq!(
            (opened.root.as_slice(), told),
            (b"<a/>".as_slice(), vec![pdf, (Some("two"), Some("text/plain"), Ok(b"".as_slice()))])
        );
    }

    #[test]
    fn a_body_that_is_a_package_is_opened_by_its_first_line() {
        let body = "--x\r\nContent-Type: application/pdf\r\nContent-ID: <p>\r\n\r\n%PDF\r\n--x\r\n\
                    Content-Type: text/xml\r\n\r\n<a/>\r\n--x--\r\n";
        let opened = open_body(None, body.as_bytes()).expect("package").expect("opened");
        assert_eq!((opened.root.as_slice(), opened.others.len()), (b"<a/>".as_slice(), 1));
        assert!(open_body(None, b"<a/>").is_none() && open_body(None, b"--\r\n").is_none());
        assert_eq!(open_body(None, b"--x\r\n"), Some(Err(PackageError::Parts(0))));
    }

    #[test]
    fn the_header_of_a_request_tells_root_and_boundary() {
        let body = b"preamble\r\n--x y\r\nContent-Type: text/xml\r\nContent-ID: <a>\r\n\r\n<a/>\r\n--x y\r\n\
                    Content-Type: text/xml\r\nContent-ID: <b@c>\r\n\r\n<b/>\r\n--x y--\r\n";
        let root = |header: &str| open_body(Some(header), body).map(|opened| opened.map(|opened| opened.root));
        let second = root("Multipart/Related; boundary=\"x y\"; start=\"<b@c>\"; type=\"text/xml\"");
        assert_eq!(second, Some(Ok(b"<b/>".to_vec())));
        assert_eq!(root("multipart/related; boundary=\"x y\""), Some(Ok(b"<a/>".to_vec())));
        let missing = Some(Err(PackageError::NoStart("d".to_owned())));
        assert_eq!(root("multipart/related; boundary=\"x y\"; start=\"<d>\""), missing);
        assert_eq!(root("text/xml; charset=utf-8"), None);
        assert_eq!(charset("text/xml; charset=\"ISO-8859-1\"").as_deref(), Some("ISO-8859-1"));
        assert_eq!(charset("text/xml"), None);
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
            let _ = open_body(None, text.as_bytes());
            let _ = open_body(Some(&text), text.as_bytes());
        }
    }
}
