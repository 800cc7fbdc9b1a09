//! Numbers exchanges and writes them down: no answer goes out before it is in the journal.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body as HttpBody;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, Uri, header};
use tokio::sync::watch;

use super::Clock;
use super::exchange::{Arrival, ExchangeRecord, FOREIGN_CODE, Reply, ServiceAnswer};
use super::listen::{SendRate, ShownCertificate};
use crate::domain::{Fault, RefusalGround, mask_identity_codes};
use crate::evidence::{Body, Caller, Entry, Exchange, Journal, JournalError, RecordedMessage, ServiceTag, StartLine};
use crate::reading::holds_foreign_code;

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
        let foreign = |text: &str| holds_foreign_code(text.as_bytes());
        let target = mask_identity_codes(&parts.uri.to_string());
        let is_hidden = foreign(&target);
        let path = if is_hidden { "(withheld)" } else { target.as_str() };
        let mut arrival = Arrival {
            number: self.numbers.fetch_add(1, Ordering::Relaxed) + 1,
            received: self.clock.now(),
            service,
            caller,
            uri: parts.uri.clone(),
            start: StartLine::request(parts.method.as_str(), path),
            headers: headers_of(&parts.headers),
            body,
            withheld: is_hidden,
            unread: None,
            certificate: parts.extensions.get().copied().unwrap_or(ShownCertificate::Own),
        };
        if holds_foreign_code(&arrival.body) || arrival.headers.iter().any(|(_, value)| foreign(value)) {
            arrival.withheld = true;
        }
        arrival
    }

    /// Writes the exchange down and gives what is to be sent. Where it cannot be written, the caller
    /// gets HTTP 500: nothing may be acknowledged that the evidence lacks.
    /// What only the rules found, since the message hides it from a plain search, is not kept either.
    pub(super) fn close(&self, mut arrival: Arrival, record: ExchangeRecord, reply: Reply) -> Response<HttpBody> {
        let number = arrival.number;
        arrival.withheld |= record.refused_for.contains(&FOREIGN_CODE.into());
        let kept = kept_answer(&reply, arrival.withheld);
        let exchange = self.exchange(arrival, record, kept);
        tracing::debug!(number, operation = exchange.operation.name(), accepted = exchange.accepted, "exchange");
        match self.write(exchange) {
            Ok(()) => response(reply),
            Err(error) => {
                tracing::error!(%error, number, "the exchange could not be recorded");
                response(Reply::Answer(ServiceAnswer::empty(StatusCode::INTERNAL_SERVER_ERROR)))
            }
        }
    }

    /// Writes down that a handshake with `caller` was refused.
    pub(super) fn refused_handshake(&self, caller: Caller, reason: String, certificate: ShownCertificate) {
        let arrival = Arrival {
            number: self.numbers.fetch_add(1, Ordering::Relaxed) + 1,
            received: self.clock.now(),
            service: ServiceTag::HANDSHAKE,
            caller: Arc::new(caller),
            uri: Uri::default(),
            start: StartLine::HANDSHAKE.into(),
            headers: Vec::new(),
            body: Vec::new(),
            withheld: false,
            unread: None,
            certificate,
        };
        tracing::info!(reason, "handshake refused");
        let fault = Fault::of_certificate(certificate);
        let record =
            ExchangeRecord { refused_for: vec![RefusalGround::Handshake(reason)], fault, ..ExchangeRecord::default() };
        let exchange = self.exchange(arrival, record, None);
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

    fn exchange(&self, arrival: Arrival, record: ExchangeRecord, answer: Option<RecordedMessage>) -> Exchange {
        let announced = arrival.announced();
        let Arrival { number, received, service, caller, start, headers, body, withheld, unread, .. } = arrival;
        let request = match (withheld, unread) {
            (true, _) => RecordedMessage { start, headers: bare(headers), body: withhold(&body) },
            (false, Some(reason)) => {
                RecordedMessage { start, headers, body: Body::Withheld { bytes: announced, reason } }
            }
            (false, None) => RecordedMessage { start, headers, body: Body::Raw(body) },
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
            operation: record.operation,
            persons: record.persons.iter().map(|person| mask_identity_codes(person)).collect(),
            message_id: record.message_id.as_deref().map(mask_identity_codes),
            accepted: record.accepted,
            repeated: record.repeated,
            handed_out: record.handed_out,
            refused_for: record.refused_for,
            fault: record.fault,
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
    headers.into_iter().filter(|(_, value)| !holds_foreign_code(value.as_bytes())).collect()
}

fn withhold(body: &[u8]) -> Body {
    Body::Withheld { bytes: body.len(), reason: FOREIGN.to_owned() }
}

/// The answer as the evidence keeps it; `careful` where the request held a foreign code, which an
/// answer might repeat.
fn kept_answer(reply: &Reply, careful: bool) -> Option<RecordedMessage> {
    let Reply::Answer(answer) = reply else { return None };
    let foreign = careful && holds_foreign_code(&answer.body);
    let body = if foreign { withhold(&answer.body) } else { Body::Raw(answer.body.clone()) };
    let headers = answer.headers.iter().map(|(name, value)| (name.clone().into_owned(), value.clone())).collect();
    Some(RecordedMessage { start: StartLine::status(answer.status.as_u16()), headers, body })
}

fn response(reply: Reply) -> Response<HttpBody> {
    let answer = match reply {
        Reply::Answer(answer) => answer,
        Reply::Close(end) => {
            let mut response = Response::default();
            response.extensions_mut().insert(end);
            return response;
        }
    };
    let mut response = Response::new(HttpBody::from(answer.body));
    *response.status_mut() = answer.status;
    if answer.rate != SendRate::AtOnce {
        response.extensions_mut().insert(answer.rate);
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
