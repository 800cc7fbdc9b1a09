//! A request to the FHIR root, as it was on the wire.

use crate::evidence::RecordedMessage;

/// A request to the FHIR root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRequest {
    pub method: String,
    /// Path, `/fhir`.
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl NoticeRequest {
    /// The request that `message` recorded.
    pub fn of(message: &RecordedMessage) -> Self {
        Self {
            method: message.start.method().to_owned(),
            path: message.start.target().to_owned(),
            headers: message.headers.clone(),
            body: message.body.bytes().to_vec(),
        }
    }

    /// The request that would carry `body`, without headers: for a Bundle in a file.
    pub fn of_body(body: Vec<u8>) -> Self {
        Self { method: "POST".to_owned(), path: "/fhir".to_owned(), headers: Vec::new(), body }
    }

    /// Every value of the header `name`, whatever its case.
    pub fn headers<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The first value of the header `name`, whatever its case, unless it is empty.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }
}
