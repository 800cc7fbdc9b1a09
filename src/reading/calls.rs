//! What Kanta saw, by the identifiers that join it to a log: found by hash, so that a log of any length is
//! joined in one pass.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::Value;

use crate::domain::Operation;
use crate::evidence::{Exchange, RequestKind};
use crate::profile::Profile;
use crate::wire::json::walk;

/// Members of a notice and of its answer by which a log may name it.
const NAMES: [&str; 4] = ["id", "value", "fullUrl", "location"];

/// Every message to the archive and every request to the FHIR root.
#[derive(Debug, Default)]
pub struct Calls {
    numbers: HashMap<Box<str>, usize>,
    calls: Vec<Call>,
    /// The header with the identifier by which an answer names its request.
    correlation_header: String,
}

/// A message or request. One that was sent again is one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    pub operation: Operation,
    /// Whether Kanta did in the end what was asked.
    pub accepted: bool,
    /// Whether Kanta did its work and the answer was spoilt on purpose: the system cannot know it.
    pub spoilt: bool,
    /// When it came first.
    pub came: Timestamp,
    /// When it was answered last.
    pub answered: Timestamp,
    /// HTTP status of the last answer.
    pub status: Option<u16>,
    /// Identity codes of those whom it concerns.
    pub persons: Box<[String]>,
    /// Documents whose content came with the last answer.
    pub handed_out: Box<[String]>,
    /// Identifiers of the notices that it stored.
    pub notices: Box<[String]>,
    /// The identifier by which the last answer named it.
    pub correlation: Option<Box<str>>,
}

impl Calls {
    /// No call so far; answers are read by the headers of `profile`.
    pub fn new(profile: &Profile) -> Self {
        Self { correlation_header: profile.http_header.correlation_id.name.clone(), ..Self::default() }
    }

    /// The calls among these exchanges, which stand in order of arrival.
    pub fn of<'a>(exchanges: impl IntoIterator<Item = &'a Exchange>, profile: &Profile) -> Self {
        let mut calls = Self::new(profile);
        exchanges.into_iter().for_each(|exchange| calls.add(exchange));
        calls
    }

    /// Adds an exchange that came after all others. Handshakes and requests to other addresses do not count.
    pub fn add(&mut self, exchange: &Exchange) {
        let kind = exchange.service.requests();
        let Some(id) = exchange.message_id.as_deref().filter(|_| kind.is_message()) else { return };
        let mut call = Call::of(exchange);
        let answer = exchange.answer.as_ref().filter(|_| kind == RequestKind::FhirBundle);
        call.correlation = answer.and_then(|answer| answer.header(&self.correlation_header)).map(Box::from);
        if let Some(earlier) = self.get(id) {
            call.came = earlier.came;
            if call.notices.is_empty() {
                call.notices.clone_from(&earlier.notices);
            }
        }
        self.insert(id, call);
    }

    /// Puts a call in the place of the one with this identifier.
    pub fn insert(&mut self, id: &str, call: Call) {
        match self.numbers.get(id) {
            Some(number) => self.calls[*number] = call,
            None => {
                self.numbers.insert(id.into(), self.calls.len());
                self.calls.push(call);
            }
        }
    }

    /// The call with this identifier.
    pub fn get(&self, id: &str) -> Option<&Call> {
        self.number(id).map(|number| &self.calls[number])
    }

    /// The number of the call with this identifier, from 0.
    pub(crate) fn number(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// The call with this number.
    pub(crate) fn numbered(&self, number: usize) -> Option<&Call> {
        self.calls.get(number)
    }

    /// The identifiers of the calls whose number is wanted, in their order.
    pub(crate) fn ids(&self, wanted: impl Fn(usize) -> bool) -> Vec<&str> {
        let numbers = self.numbers.iter().filter(|(_, number)| wanted(**number));
        let mut ids: Vec<&str> = numbers.map(|(id, _)| &**id).collect();
        ids.sort_unstable();
        ids
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.calls.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }
}

impl Call {
    fn of(exchange: &Exchange) -> Self {
        let has_content = matches!(exchange.operation, Operation::SearchDocuments | Operation::Retrieve);
        let gave = has_content && exchange.fault.is_none() && exchange.answer.is_some();
        Self {
            operation: exchange.operation,
            accepted: exchange.accepted,
            spoilt: exchange.fault.is_some() && exchange.accepted,
            came: exchange.received,
            answered: exchange.answered,
            status: exchange.answer.as_ref().and_then(|answer| answer.start.code()),
            persons: exchange.persons.clone().into(),
            handed_out: if gave { exchange.handed_out.clone().into() } else { Box::default() },
            notices: notices(exchange).into(),
            correlation: None,
        }
    }
}

/// The sender's own identifiers and the permanent ones: they stand in the request and in the answer.
fn notices(exchange: &Exchange) -> Vec<String> {
    let mut named = Vec::new();
    if exchange.operation != Operation::StoreNotice || !exchange.accepted {
        return named;
    }
    for message in [Some(&exchange.request), exchange.answer.as_ref()].into_iter().flatten() {
        let body: Value = serde_json::from_slice(message.body.bytes()).unwrap_or_default();
        walk(&body, &mut |pointer, value| {
            let is_name = NAMES.iter().any(|name| pointer.rsplit('/').next() == Some(name));
            named.extend(value.as_str().filter(|_| is_name).map(str::to_owned));
        });
    }
    named
}
