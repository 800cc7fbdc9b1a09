//! Reads `header.payload.signature`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::wire::Part;
use crate::wire::json::{self, JsonFault, JsonLimits, Located};
use crate::words::{Said, said};

/// A compact JWS, read but not verified.
#[derive(Debug, Clone)]
pub struct Compact {
    /// The protected header, a JSON object.
    pub header: Located,
    pub payload: Vec<u8>,
    pub signature: Vec<u8>,
    /// The bytes that were signed: header and payload in Base64url with a dot between.
    pub signing_input: String,
}

/// A part of a compact JWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JwsPart {
    /// The protected header.
    Header,
    /// What is signed beside it.
    Payload,
    /// The signature over both.
    Signature,
}

impl JwsPart {
    fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Payload => "payload",
            Self::Signature => "signature",
        }
    }
}

/// Why a text is no compact JWS.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwsError {
    /// Over the bound.
    #[error("{0} characters long")]
    TooLong(usize),
    /// Not three parts.
    #[error("{0} parts between dots where three belong")]
    Parts(usize),
    /// A part is no Base64url without padding.
    #[error("the {} is not in Base64url without padding", .0.name())]
    Encoding(JwsPart),
    /// The header is no JSON.
    #[error("the header is no JSON: {0}")]
    Header(JsonFault),
    /// The header is JSON, but no object.
    #[error("the header is no JSON object")]
    HeaderKind,
    /// A detached JWS has something between its dots.
    #[error("the payload stands in it, where a detached one leaves it out")]
    NotDetached,
}

impl JwsError {
    /// The same, to be told in any language.
    pub fn said(&self) -> Said {
        match self {
            Self::TooLong(length) => said::characters_long(*length),
            Self::Parts(number) => said::parts_between_dots_where_three_belong(*number),
            Self::Encoding(JwsPart::Header) => said::the_header_is_not_in_base64url_without(),
            Self::Encoding(JwsPart::Payload) => said::the_payload_is_not_in_base64url_without(),
            Self::Encoding(JwsPart::Signature) => said::the_signature_is_not_in_base64url_without(),
            Self::Header(fault) => said::the_header_is_no_json(fault.said()),
            Self::HeaderKind => said::the_header_is_no_json_object(),
            Self::NotDetached => said::the_payload_stands_in_it_where_a(),
        }
    }
}

impl Compact {
    /// The JWS in `text`, which carries its payload.
    ///
    /// # Errors
    /// What is wrong with its form.
    pub fn read(text: &str, limits: JsonLimits) -> Result<Self, JwsError> {
        let [header, payload, signature] = parts(text, limits)?;
        let bytes = decode(payload, JwsPart::Payload)?;
        Self::assemble(header, payload, bytes, signature, limits)
    }

    /// The JWS `header..signature` in `text` over `payload`, which stands elsewhere (RFC 7515,
    /// appendix F).
    ///
    /// # Errors
    /// What is wrong with its form.
    pub fn read_detached(text: &str, payload: Vec<u8>, limits: JsonLimits) -> Result<Self, JwsError> {
        let [header, between, signature] = parts(text, limits)?;
        if !between.is_empty() {
            return Err(JwsError::NotDetached);
        }
        Self::assemble(header, &URL_SAFE_NO_PAD.encode(&payload), payload, signature, limits)
    }

    fn assemble(
        header: &str,
        encoded_payload: &str,
        payload: Vec<u8>,
        signature: &str,
        limits: JsonLimits,
    ) -> Result<Self, JwsError> {
        let signing_input = format!("{header}.{encoded_payload}");
        let header = json::parse(&decode(header, JwsPart::Header)?, Part::Token, limits)
            .map_err(|error| JwsError::Header(error.fault))?;
        if !header.value.is_object() {
            return Err(JwsError::HeaderKind);
        }
        Ok(Self { header, payload, signature: decode(signature, JwsPart::Signature)?, signing_input })
    }
}

fn parts(text: &str, limits: JsonLimits) -> Result<[&str; 3], JwsError> {
    if text.len() > limits.bytes {
        return Err(JwsError::TooLong(text.len()));
    }
    let parts: Vec<&str> = text.split('.').collect();
    parts.as_slice().try_into().map_err(|_| JwsError::Parts(parts.len()))
}

fn decode(part: &str, name: JwsPart) -> Result<Vec<u8>, JwsError> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| JwsError::Encoding(name))
}

#[cfg(test)]
mod tests {
    use super::{Compact, JsonLimits, JwsError, JwsPart};

    const LIMITS: JsonLimits = JsonLimits { bytes: 4096, depth: 8 };

    #[test]
    fn forms_are_told_apart() {
        // {"alg":"none"} and {}
        let read = Compact::read("eyJhbGciOiJub25lIn0.e30.AQ", LIMITS).expect("read");
        assert_eq!((read.payload.as_slice(), read.signature.as_slice()), (b"{}".as_slice(), b"\x01".as_slice()));
        assert_eq!(read.signing_input, "eyJhbGciOiJub25lIn0.e30");
        let detached = Compact::read_detached("eyJhbGciOiJub25lIn0..AQ", b"{}".to_vec(), LIMITS).expect("read");
        assert_eq!(detached.signing_input, read.signing_input);
        let cases = [
            ("a.b", JwsError::Parts(2)),
            ("e30=.e30.AQ", JwsError::Encoding(JwsPart::Header)),
            ("e30.e+0.AQ", JwsError::Encoding(JwsPart::Payload)),
            ("e30.e30.A", JwsError::Encoding(JwsPart::Signature)),
            ("W10.e30.AQ", JwsError::HeaderKind),
        ];
        for (text, expected) in cases {
            assert_eq!(Compact::read(text, LIMITS).expect_err(text), expected, "{text}");
        }
        assert!(matches!(Compact::read("eyJhIjoxLCJhIjoyfQ.e30.AQ", LIMITS), Err(JwsError::Header(_))));
        assert!(matches!(Compact::read(&"a".repeat(5000), LIMITS), Err(JwsError::TooLong(5000))));
        let inside = Compact::read_detached("eyJhbGciOiJub25lIn0.e30.AQ", Vec::new(), LIMITS);
        assert_eq!(inside.expect_err("not detached"), JwsError::NotDetached);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[eyJ0AQ.=+_-]{0,30}|\\PC{0,30}") {
            let _ = Compact::read(&text, LIMITS);
        }
    }
}
