//! A request on its way through a service: what came, what the evidence tells of it, what goes back.

use std::borrow::Cow;
use std::sync::Arc;

use axum::http::{StatusCode, Uri};
use jiff::Timestamp;

use super::listen::{BodyError, ConnectionEnd, SendRate, ShownCertificate};
use crate::domain::{Fault, FindingCode, Operation, RefusalGround, ServiceGround};
use crate::evidence::{Caller, ServiceTag, StartLine};
use crate::rule::facts::Handling;

/// The ground on which a request is refused whose bytes may not be kept.
pub const FOREIGN_CODE: FindingCode = FindingCode::IdentityCodeForeign;

/// A request that is being worked on.
#[derive(Debug)]
pub struct Arrival {
    /// Number of the exchange.
    pub(super) number: u64,
    /// Arrival of its last byte.
    pub(super) received: Timestamp,
    pub(super) service: ServiceTag,
    pub(super) caller: Arc<Caller>,
    /// The address as it came: it is for reading parameters, and never kept.
    pub(super) uri: Uri,
    pub(super) start: StartLine,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    /// It holds a foreign identity code: neither body nor token may be kept.
    pub(super) withheld: bool,
    /// Why its body was not read to the end, where it was not.
    pub(super) unread: Option<String>,
    /// What its caller was shown in the handshake.
    pub(super) certificate: ShownCertificate,
}

impl Arrival {
    /// The bytes of the body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The first header with this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The method.
    pub fn method(&self) -> &str {
        self.start.method()
    }

    /// The path with the query, identity codes outside the 900 series masked.
    pub fn target(&self) -> &str {
        self.start.target()
    }

    /// The path without the query.
    pub fn path(&self) -> &str {
        self.target().split('?').next().unwrap_or_default()
    }

    /// Its headers, in order.
    pub(super) fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The same whose body was not read to its end.
    #[must_use]
    pub(super) fn unread(self, reason: String) -> Self {
        Self { unread: Some(reason), ..self }
    }

    /// How many bytes its head announces for the body.
    pub(super) fn announced(&self) -> usize {
        self.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0)
    }

    /// The fault that its caller met in the handshake already.
    pub(super) fn met(&self) -> Option<Fault> {
        Fault::of_certificate(self.certificate)
    }

    /// Whether it holds an identity code outside the 900 series: it must be refused.
    pub fn is_withheld(&self) -> bool {
        self.withheld
    }
}

/// What the evidence tells of an exchange beside its bytes.
#[derive(Debug, Default)]
pub struct ExchangeRecord {
    pub operation: Operation,
    /// Identity codes of the persons whom it concerns.
    pub persons: Vec<String>,
    /// Identifier of the message.
    pub message_id: Option<String>,
    /// Whether it was done.
    pub accepted: bool,
    /// Whether it had come and been answered before.
    pub repeated: bool,
    /// Identifiers of the documents that the answer gives.
    pub handed_out: Vec<String>,
    /// Why it was refused; empty where it was not.
    pub refused_for: Vec<RefusalGround>,
    /// The fault that was played.
    pub fault: Option<Fault>,
}

impl ExchangeRecord {
    /// A refusal on one ground.
    pub fn refused(ground: impl Into<RefusalGround>) -> Self {
        Self { refused_for: vec![ground.into()], ..Self::default() }
    }

    /// What was done with a message that was not answered from memory.
    pub(super) fn handling(&self) -> Handling {
        if self.refused_for.contains(&FOREIGN_CODE.into()) {
            Handling::Withheld
        } else if self.accepted {
            Handling::Done
        } else {
            Handling::Answered
        }
    }

    /// Something that was done.
    pub fn accepted() -> Self {
        Self { accepted: true, ..Self::default() }
    }
}

/// What a service made of a request: for the evidence, and for the caller.
pub type Handled = (ExchangeRecord, Reply);

/// `grounds` with each of them once, in the order of their first.
pub(super) fn each_once(grounds: impl IntoIterator<Item = RefusalGround>) -> Vec<RefusalGround> {
    let mut once: Vec<RefusalGround> = Vec::new();
    for ground in grounds {
        if !once.contains(&ground) {
            once.push(ground);
        }
    }
    once
}

/// What goes back to the caller.
#[derive(Debug)]
pub enum Reply {
    /// An HTTP answer.
    Answer(ServiceAnswer),
    /// Nothing: the connection ends.
    Close(ConnectionEnd),
}

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceAnswer {
    pub(super) status: StatusCode,
    /// Names in lower case.
    pub(super) headers: Vec<(Cow<'static, str>, String)>,
    pub(super) body: Vec<u8>,
    /// How it is sent.
    pub(super) rate: SendRate,
}

impl ServiceAnswer {
    /// An answer with a body of this content type.
    pub fn new(status: StatusCode, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".into(), content_type.to_owned())];
        Self { status, headers, body: body.into(), rate: SendRate::AtOnce }
    }

    /// An answer without a body.
    pub fn empty(status: StatusCode) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), rate: SendRate::AtOnce }
    }

    /// The same, sent at this rate.
    #[must_use]
    pub(super) fn sent(self, rate: SendRate) -> Self {
        Self { rate, ..self }
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

/// Why a request cannot even be looked at.
#[derive(Debug)]
pub enum RequestProblem {
    /// Not a method of this address.
    Method,
    /// Its body was not read to the end.
    Body(BodyError),
    /// Its body is compressed or encoded in another way: nothing in it was looked at.
    ContentEncoding,
}

impl RequestProblem {
    /// HTTP status; `None` when there is nobody left to answer.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Method => Some(StatusCode::METHOD_NOT_ALLOWED),
            Self::Body(BodyError::TooLarge { .. }) => Some(StatusCode::PAYLOAD_TOO_LARGE),
            Self::Body(BodyError::TooSlow) => Some(StatusCode::REQUEST_TIMEOUT),
            Self::Body(BodyError::Broken) => None,
            Self::ContentEncoding => Some(StatusCode::UNSUPPORTED_MEDIA_TYPE),
        }
    }

    /// What the evidence says for it.
    pub fn ground(&self) -> RefusalGround {
        match self {
            Self::Method => ServiceGround::MethodNotAllowed.into(),
            Self::Body(BodyError::TooLarge { .. }) => FindingCode::MessageTooLarge.into(),
            Self::Body(BodyError::TooSlow) => ServiceGround::BodyTooSlow.into(),
            Self::Body(BodyError::Broken) => ServiceGround::BodyBrokenOff.into(),
            Self::ContentEncoding => ServiceGround::ContentEncodingUnknown.into(),
        }
    }

    /// A sentence for people.
    pub fn text(&self) -> String {
        match self {
            Self::Method => "only POST is possible here".to_owned(),
            Self::Body(error) => error.to_string(),
            Self::ContentEncoding => "no content encoding is known here: send the body as it is".to_owned(),
        }
    }
}
