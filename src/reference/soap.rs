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

/// Content type, and the `SOAPAction` header where the version has one.
pub fn headers(interaction: &str, soap: Soap) -> (String, Option<String>) {
    let action = format!("\"urn:hl7-org:v3:{interaction}\"");
    match soap {
        Soap::V11 => ("text/xml; charset=utf-8".to_owned(), Some(action)),
        Soap::V12 => (format!("application/soap+xml; charset=utf-8; action={action}"), None),
    }
}
