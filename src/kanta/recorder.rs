//! Numbers exchanges and writes them down: no answer goes out before it is in the journal.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body as HttpBody;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use jiff::Timestamp;
use tokio::sync::watch;

use super::listen::{Face, Pace, Parting};
use super::{Clock, Fault, guard};
use crate::domain::{Operation, mask_identity_codes};
use crate::evidence::{Body, Caller, Entry, Exchange, Journal, JournalError, Message, ServiceTag};
use crate::rule::facts::Handling;

/// The ground on which a request is refused whose bytes may not be kept.
pub(super) const FOREIGN_CODE: &str = "identity-code-foreign";

/// A request that is being worked on.
#[derive(Debug)]
pub(super) struct Arrival {
    /// Number of the exchange.
    pub(super) number: u64,
    /// Arrival of its last byte.
    pub(super) received: Timestamp,
    pub(super) service: ServiceTag,
    pub(super) caller: Arc<Caller>,
    /// Method and path.
    start: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    /// It holds a foreign identity code: neither body nor token may be kept.
    withheld: bool,
    /// Why its body was not read to the end, where it was not.
    unread: Option<String>,
    /// What its caller was shown in the handshake.
    face: Face,
}

impl Arrival {
    /// The bytes of the body.
    pub(super) fn body(&self) -> &[u8] {
        &self.body
    }

    /// The first header with this name.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The method.
    pub(super) fn method(&self) -> &str {
        self.start.split(' ').next().unwrap_or_default()
    }

    /// The path with the query, identity codes outside the 900 series masked.
    pub(super) fn target(&self) -> &str {
        self.start.split_once(' ').map_or("", |(_, target)| target)
    }

    /// The path without the query.
    pub(super) fn path(&self) -> &str {
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
    fn announced(&self) -> usize {
        self.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0)
    }

    /// The fault that its caller met in the handshake already.
    pub(super) fn met(&self) -> Option<Fault> {
        Fault::of_face(self.face)
    }

    /// Whether it holds an identity code outside the 900 series: it must be refused.
    pub(super) fn is_withheld(&self) -> bool {
        self.withheld
    }
}

/// What the evidence tells of an exchange beside its bytes.
#[derive(Debug, Default)]
pub(super) struct Account {
    pub(super) operation: Operation,
    pub(super) persons: Vec<String>,
    pub(super) message_id: Option<String>,
    pub(super) accepted: bool,
    pub(super) repeated: bool,
    pub(super) handed_out: Vec<String>,
    pub(super) refused_for: Vec<String>,
    pub(super) fault: Option<String>,
}

impl Account {
    /// A refusal on one ground.
    pub(super) fn refused(ground: &str) -> Self {
        Self { refused_for: vec![ground.to_owned()], ..Self::default() }
    }

    /// What was done with a message that was not answered from memory.
    pub(super) fn handling(&self) -> Handling {
        if self.refused_for.iter().any(|ground| ground == FOREIGN_CODE) {
            Handling::Withheld
        } else if self.accepted {
            Handling::Done
        } else {
            Handling::Answered
        }
    }
}

/// `grounds` with each of them once, in the order of their first.
pub(super) fn each_once(grounds: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for ground in grounds {
        if !once.contains(&ground) {
            once.push(ground);
        }
    }
    once
}

/// What goes back to the caller.
#[derive(Debug)]
pub(super) enum Reply {
    /// An HTTP answer.
    Answer(Answer),
    /// Nothing: the connection ends.
    Close(Parting),
}

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// Names in lower case.
    pub(super) headers: Vec<(Cow<'static, str>, String)>,
    pub(super) body: Vec<u8>,
    /// How it is sent.
    pub(super) pace: Pace,
}

impl Answer {
    /// An answer with a body of this content type.
    pub(super) fn new(status: StatusCode, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".into(), content_type.to_owned())];
        Self { status, headers, body: body.into(), pace: Pace::AtOnce }
    }

    /// An answer without a body.
    pub(super) fn empty(status: StatusCode) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), pace: Pace::AtOnce }
    }

    /// The same, sent at this pace.
    #[must_use]
    pub(super) fn sent(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// The same with one more header.
    #[must_use]
    pub(super) fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

/// Writes the exchanges of one lane down.
pub(super) struct Recorder {
    journal: Arc<Journal>,
    clock: Clock,
    /// Name of the lane; empty for the main archive.
    lane: String,
    /// Number of the last exchange, shared by all lanes of the journal.
    numbers: Arc<AtomicU64>,
    /// Number of exchanges in the journal, for those who wait for the next.
    written: watch::Sender<u64>,
    /// The exchanges themselves, where they are to be kept in memory.
    kept: Option<Arc<Mutex<Vec<Arc<Entry>>>>>,
}

impl Recorder {
    /// A recorder of the lane `lane`, empty for the main archive, whose first exchange gets the number after the
    /// last one of `journal`.
    pub(super) fn new(journal: Arc<Journal>, clock: Clock, keep: bool, lane: &str) -> Self {
        let last = journal.last_exchange();
        let kept = keep.then(Arc::default);
        let numbers = Arc::new(AtomicU64::new(last));
        Self { journal, clock, lane: lane.to_owned(), numbers, written: watch::Sender::new(last), kept }
    }

    /// The recorder of a lane that writes into the same journal: exchanges are numbered over all its lanes.
    pub(super) fn beside(&self, name: &str) -> Self {
        Self {
            journal: Arc::clone(&self.journal),
            clock: self.clock,
            lane: name.to_owned(),
            numbers: Arc::clone(&self.numbers),
            written: self.written.clone(),
            kept: self.kept.clone(),
        }
    }

    /// The request with these parts and body, which has just arrived. Foreign identity codes are looked
    /// for here, so that no request passes by.
    pub(super) fn arrival(&self, service: ServiceTag, caller: Arc<Caller>, parts: &Parts, body: Vec<u8>) -> Arrival {
        let foreign = |text: &str| guard::holds_foreign_code(text.as_bytes());
        let target = mask_identity_codes(&parts.uri.to_string());
        let is_hidden = foreign(&target);
        let path = if is_hidden { "(withheld)" } else { target.as_str() };
        let mut arrival = Arrival {
            number: self.numbers.fetch_add(1, Ordering::Relaxed) + 1,
            received: self.clock.now(),
            service,
            caller,
            start: format!("{} {path}", parts.method),
            headers: headers_of(&parts.headers),
            body,
            withheld: is_hidden,
            unread: None,
            face: parts.extensions.get().copied().unwrap_or(Face::Own),
        };
        if guard::holds_foreign_code(&arrival.body) || arrival.headers.iter().any(|(_, value)| foreign(value)) {
            arrival.withheld = true;
        }
        arrival
    }

    /// Writes the exchange down and gives what is to be sent. Where it cannot be written, the caller
    /// gets HTTP 500: nothing may be acknowledged that the evidence lacks.
    /// What only the rules found, since the message hides it from a plain search, is not kept either.
    pub(super) fn close(&self, mut arrival: Arrival, account: Account, reply: Reply) -> Response<HttpBody> {
        let number = arrival.number;
        arrival.withheld |= account.refused_for.iter().any(|ground| ground == FOREIGN_CODE);
        let kept = kept_answer(&reply, arrival.withheld);
        let exchange = self.exchange(arrival, account, kept);
        tracing::debug!(number, operation = exchange.operation.name(), accepted = exchange.accepted, "exchange");
        match self.write(exchange) {
            Ok(()) => response(reply),
            Err(error) => {
                tracing::error!(%error, number, "the exchange could not be recorded");
                response(Reply::Answer(Answer::empty(StatusCode::INTERNAL_SERVER_ERROR)))
            }
        }
    }

    /// Writes down that a handshake with `caller` was refused.
    pub(super) fn refused_handshake(&self, caller: Caller, reason: String, face: Face) {
        let arrival = Arrival {
            number: self.numbers.fetch_add(1, Ordering::Relaxed) + 1,
            received: self.clock.now(),
            service: ServiceTag::HANDSHAKE,
            caller: Arc::new(caller),
            start: "TLS handshake".to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
            withheld: false,
            unread: None,
            face,
        };
        tracing::info!(reason, "handshake refused");
        let fault = Fault::of_face(face).map(|fault| fault.name().to_owned());
        let account = Account { refused_for: vec![reason], fault, ..Account::default() };
        let exchange = self.exchange(arrival, account, None);
        if let Err(error) = self.write(exchange) {
            tracing::error!(%error, "the refused handshake could not be recorded");
        }
    }

    /// Number of the exchange written last.
    pub(super) fn written(&self) -> watch::Receiver<u64> {
        self.written.subscribe()
    }

    /// The exchanges after number `after`; empty where they are not kept in memory.
    pub(super) fn since(&self, after: u64) -> Vec<Arc<Entry>> {
        let Some(kept) = &self.kept else { return Vec::new() };
        let later = |entry: &&Arc<Entry>| matches!(&***entry, Entry::Exchange(exchange) if exchange.number > after);
        kept.lock().unwrap_or_else(PoisonError::into_inner).iter().filter(later).cloned().collect()
    }

    fn exchange(&self, arrival: Arrival, account: Account, answer: Option<Message>) -> Exchange {
        let announced = arrival.announced();
        let Arrival { number, received, service, caller, start, headers, body, withheld, unread, face: _ } = arrival;
        let request = match (withheld, unread) {
            (true, _) => Message { start, headers: bare(headers), body: withhold(&body) },
            (false, Some(reason)) => Message { start, headers, body: Body::Withheld { bytes: announced, reason } },
            (false, None) => Message { start, headers, body: Body::Raw(body) },
        };
        Exchange {
            number,
            service,
            lane: self.lane.clone(),
            received,
            answered: self.clock.now(),
            caller: Arc::unwrap_or_clone(caller),
            request,
            answer,
            operation: account.operation,
            persons: account.persons.iter().map(|person| mask_identity_codes(person)).collect(),
            message_id: account.message_id.as_deref().map(mask_identity_codes),
            accepted: account.accepted,
            repeated: account.repeated,
            handed_out: account.handed_out,
            refused_for: account.refused_for,
            fault: account.fault,
        }
    }

    fn write(&self, exchange: Exchange) -> Result<(), JournalError> {
        let number = exchange.number;
        let entry = self.journal.append(Entry::Exchange(Box::new(exchange)))?;
        if let Some(kept) = &self.kept {
            kept.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
        }
        self.written.send_modify(|last| *last = number.max(*last));
        Ok(())
    }
}

const FOREIGN: &str = "it holds an identity code outside the 900 series";

fn headers_of(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

/// Headers of a request that must not be kept: those that hold no foreign code.
fn bare(headers: Vec<(String, String)>) -> Vec<(String, String)> {
    headers.into_iter().filter(|(_, value)| !guard::holds_foreign_code(value.as_bytes())).collect()
}

fn withhold(body: &[u8]) -> Body {
    Body::Withheld { bytes: body.len(), reason: FOREIGN.to_owned() }
}

/// The answer as the evidence keeps it; `careful` where the request held a foreign code, which an
/// answer might repeat.
fn kept_answer(reply: &Reply, careful: bool) -> Option<Message> {
    let Reply::Answer(answer) = reply else { return None };
    let foreign = careful && guard::holds_foreign_code(&answer.body);
    let body = if foreign { withhold(&answer.body) } else { Body::Raw(answer.body.clone()) };
    let headers = answer.headers.iter().map(|(name, value)| (name.clone().into_owned(), value.clone())).collect();
    Some(Message { start: answer.status.as_u16().to_string(), headers, body })
}

fn response(reply: Reply) -> Response<HttpBody> {
    let answer = match reply {
        Reply::Answer(answer) => answer,
        Reply::Close(parting) => {
            let mut response = Response::default();
            response.extensions_mut().insert(parting);
            return response;
        }
    };
    let mut response = Response::new(HttpBody::from(answer.body));
    *response.status_mut() = answer.status;
    if answer.pace != Pace::AtOnce {
        response.extensions_mut().insert(answer.pace);
    }
    for (name, value) in answer.headers {
        // What came from the caller may hold characters that no header can carry.
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&value)) {
            response.headers_mut().insert(name, value);
        }
    }
    if answer.status == StatusCode::PAYLOAD_TOO_LARGE {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
