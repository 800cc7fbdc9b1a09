//! SOAP envelopes around messages, and what HTTP needs to know about them.

use super::variant::{Soap, Variant};
use super::xml::{Element, SOAP11, SOAP12};

/// `frame` in an envelope, as XML text.
pub fn envelope(frame: Element, variant: &Variant) -> String {
    let space = match variant.soap {
        Soap::V11 => SOAP11,
        Soap::V12 => SOAP12,
    };
    let envelope = Element::new(space, "Envelope").holding([Element::new(space, "Body").holding([frame])]);
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", envelope.write(&variant.spelling))
}

const BOUNDARY: &str = "kantakoe-request";

/// A request whose root part is `envelope` (SOAP with attachments), and its content type; `kind` is that of the
/// envelope.
pub fn multipart(envelope: &str, kind: &str, parts: &[(String, String, Vec<u8>)]) -> (Vec<u8>, String) {
    let root = ("envelope@kantakoe.invalid".to_owned(), kind.to_owned(), envelope.as_bytes().to_vec());
    let mut body = Vec::new();
    for (id, media_type, content) in [&root].into_iter().chain(parts) {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Type: {media_type}\r\nContent-ID: <{id}>\r\nContent-Transfer-Encoding: binary\
             \r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend(content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    let kind = kind.split(';').next().unwrap_or_default();
    let content_type = format!("multipart/related; boundary=\"{BOUNDARY}\"; type=\"{kind}\"; start=\"<{}>\"", root.0);
    (body, content_type)
}

/// Content type, and the `SOAPAction` header where the version has one.
pub fn headers(interaction: &str, soap: Soap) -> (String, Option<String>) {
    let action = format!("\"urn:hl7-org:v3:{interaction}\"");
    match soap {
        Soap::V11 => ("text/xml; charset=utf-8".to_owned(), Some(action)),
        Soap::V12 => (format!("application/soap+xml; charset=utf-8; action={action}"), None),
    }
}
