//! Bundles of notices that wait to be sent.

use super::disclosure::Notice;

/// Bundles that wait to be sent.
#[derive(Debug, Default)]
pub struct Outbox {
    pub waiting: Vec<Parcel>,
}

/// A Bundle as it goes out. Sent again, it is the same to the byte.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// Identity code of the client whom it is about.
    pub client: String,
    /// The notices in it.
    pub notices: Vec<Notice>,
    /// How many entries it has.
    pub entries: usize,
    pub body: String,
    /// `X-Request-Id` of the first attempt.
    pub first_request: Option<String>,
}
