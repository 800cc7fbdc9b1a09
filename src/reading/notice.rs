//! Reads a request to the FHIR root; judging comes after.

use serde_json::Value;

use super::{NoticeRequest, digest};
use crate::profile::{HttpHeaders, Profile};
use crate::wire::Part;
use crate::wire::fhir::{BundleLimits, NoticeBundle, read_bundle};
use crate::wire::json::{self, JsonError, JsonLimits, Located};
use crate::wire::jws::Compact;
use crate::words::{Said, said};

/// Most bytes of a token. One with a certificate chain has a few thousand.
const LONGEST_TOKEN: usize = 65_536;

/// What a request to the FHIR root was read as.
#[derive(Debug, Clone)]
pub struct NoticeReading {
    /// The request as it came.
    pub request: NoticeRequest,
    pub request_id: Option<String>,
    /// The body, or why it is no JSON.
    pub body: Result<NoticeBundle, JsonError>,
    pub token: TokenReading,
}

/// What the `Authorization` header was read as.
#[derive(Debug, Clone)]
pub enum TokenReading {
    /// No bearer token, but this instead.
    Missing(Said),
    /// No compact JWS with a JSON object in it, and why.
    Unreadable(Said),
    /// Read, not verified.
    Read(Box<NoticeToken>),
}

/// A token, read but not verified.
#[derive(Debug, Clone)]
pub struct NoticeToken {
    pub jws: Compact,
    pub claims: Located,
}

impl NoticeToken {
    /// The claim at `pointer` as text, without the `urn:oid:` that an identifier may have before it.
    pub fn text(&self, pointer: &str) -> Option<&str> {
        let text = self.claims.value.pointer(pointer)?.as_str().filter(|text| !text.is_empty())?;
        Some(text.strip_prefix("urn:oid:").unwrap_or(text))
    }
}

impl NoticeReading {
    /// The Bundle, when the body is one.
    pub fn bundle(&self) -> Option<&NoticeBundle> {
        self.body.as_ref().ok().filter(|bundle| bundle.json["resourceType"] == "Bundle")
    }
}

/// Reads `request` within the limits of `profile`, by the headers that it names.
pub fn read_notice(request: NoticeRequest, profile: &Profile) -> NoticeReading {
    let (limits, headers) = (&profile.limits, &profile.http_header);
    let json = JsonLimits { bytes: limits.body_bytes, depth: limits.depth };
    // Each notice is a pair of entries; one more is read so that a rule can see the excess.
    let entries = limits.notices_per_bundle.saturating_mul(2).saturating_add(1);
    let body = read_bundle(&request.body, BundleLimits { json, entries });
    let token = read_token(&request, headers, JsonLimits { bytes: LONGEST_TOKEN.min(limits.body_bytes), ..json });
    let request_id = request.header(&headers.request_id.name).map(str::to_owned);
    NoticeReading { request, request_id, body, token }
}

fn read_token(request: &NoticeRequest, headers: &HttpHeaders, limits: JsonLimits) -> TokenReading {
    let (name, wanted) = (&headers.token.name, &headers.token.value);
    let values: Vec<&str> = request.headers(name).collect();
    let [value] = values.as_slice() else {
        return TokenReading::Missing(said::headers(values.len(), name));
    };
    let bearer = |(scheme, token): (&'_ str, _)| scheme.eq_ignore_ascii_case(wanted).then_some(token);
    let Some(token) = value.trim().split_once(' ').and_then(bearer) else {
        return TokenReading::Missing(said::another_scheme_than(wanted));
    };
    let jws = match Compact::read(token.trim(), limits) {
        Ok(jws) => jws,
        Err(error) => return TokenReading::Unreadable(error.said()),
    };
    match json::parse(&jws.payload, Part::Token, limits) {
        Ok(claims) if claims.value.is_object() => TokenReading::Read(Box::new(NoticeToken { jws, claims })),
        Ok(_) => TokenReading::Unreadable(said::the_payload_is_no_json_object()),
        Err(error) => TokenReading::Unreadable(said::the_payload_is_no_json(error.said())),
    }
}

/// The identifier of the request: `X-Request-Id`, or the header that the profile has for it.
pub fn request_id(reading: &NoticeReading) -> Option<&str> {
    reading.request_id.as_deref()
}

/// Identity codes of the persons that the notices are about, as they stand, each once.
pub fn persons(reading: &NoticeReading) -> Vec<String> {
    reading.bundle().map_or_else(Vec::new, |bundle| bundle.persons.iter().map(|person| person.value.clone()).collect())
}

/// What tells the content of a resource: SHA-256 of its canonical JSON, in hexadecimal digits. `None` for
/// what is no JSON object.
pub fn content_digest(resource: &Value) -> Option<String> {
    json::canonical_without(resource.as_object()?, "").ok().map(|bytes| digest(&bytes))
}

/// Whether `value` says anything.
pub(crate) fn is_said(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::String(text)) => !text.trim().is_empty(),
        Some(Value::Array(list)) => !list.is_empty(),
        Some(Value::Object(object)) => !object.is_empty(),
        Some(Value::Bool(_) | Value::Number(_)) => true,
    }
}
