//! Which service of the simulated Kanta an exchange came to, and what its requests are.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A service as the evidence names it. In the journal its id stands under `channel`, and the kind of its requests under
/// `requests` where the id alone does not tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "TagRow", into = "TagRow")]
pub struct ServiceTag {
    id: Cow<'static, str>,
    requests: RequestKind,
}

/// What comes to a service: it says how an exchange is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestKind {
    /// HL7 v3 messages of a client information system.
    ArchiveMessage,
    /// FHIR Bundles of a client information system.
    FhirBundle,
    /// Entries of the use log.
    UseLogEntries,
    /// TLS handshakes that were refused.
    Handshake,
    /// Requests to an address that no service has.
    Unaddressed,
    /// Calls that carry no message of a client information system: of each only that is judged for which it was refused.
    Call,
}

/// A tag as it stands in the journal.
#[derive(Serialize, Deserialize)]
struct TagRow {
    channel: Cow<'static, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    requests: Option<RequestKind>,
}

impl ServiceTag {
    /// TLS handshakes that were refused.
    pub const HANDSHAKE: Self = Self::new("handshake", RequestKind::Handshake);
    /// Addresses that no service has.
    pub const OTHER: Self = Self::new("other", RequestKind::Unaddressed);

    /// The service with this id, whose requests are of this kind.
    pub const fn new(id: &'static str, requests: RequestKind) -> Self {
        Self { id: Cow::Borrowed(id), requests }
    }

    /// The service with this id, of which nothing else is written.
    pub fn of_id(id: impl Into<Cow<'static, str>>) -> Self {
        let id = id.into();
        let requests = RequestKind::of_id(&id);
        Self { id, requests }
    }

    /// Its id, which stays the same from version to version.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What comes there.
    pub fn requests(&self) -> RequestKind {
        self.requests
    }
}

impl RequestKind {
    /// What comes to a service of which the journal tells the id only.
    fn of_id(id: &str) -> Self {
        match id {
            "archive" => Self::ArchiveMessage,
            "fhir" => Self::FhirBundle,
            "use-log" => Self::UseLogEntries,
            "handshake" => Self::Handshake,
            "other" => Self::Unaddressed,
            _ => Self::Call,
        }
    }

    /// Whether a request is judged though it belongs to no scenario.
    pub fn is_judged(self) -> bool {
        self != Self::Call
    }

    /// Whether it is a message to Kanta: to one of its services for messages, or beside them all.
    pub fn is_sent_to_kanta(self) -> bool {
        self.is_message() || self == Self::Unaddressed
    }

    /// Whether it is a message of a client information system.
    pub fn is_message(self) -> bool {
        matches!(self, Self::ArchiveMessage | Self::FhirBundle)
    }
}

impl From<TagRow> for ServiceTag {
    fn from(written: TagRow) -> Self {
        let TagRow { channel, requests } = written;
        let tag = Self::of_id(channel);
        Self { requests: requests.unwrap_or(tag.requests), ..tag }
    }
}

impl From<ServiceTag> for TagRow {
    fn from(tag: ServiceTag) -> Self {
        let requests = (tag.requests != RequestKind::of_id(&tag.id)).then_some(tag.requests);
        Self { channel: tag.id, requests }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{RequestKind, ServiceTag};

    #[test]
    fn a_tag_is_written_as_its_id_and_reads_back() {
        for (id, requests) in [
            ("archive", RequestKind::ArchiveMessage),
            ("fhir", RequestKind::FhirBundle),
            ("use-log", RequestKind::UseLogEntries),
            ("handshake", RequestKind::Handshake),
            ("other", RequestKind::Unaddressed),
            ("description", RequestKind::Call),
            ("disclosure-log", RequestKind::Call),
        ] {
            let tag = ServiceTag::new(id, requests);
            let written = json!({ "channel": id });
            assert_eq!(serde_json::to_value(&tag).expect("JSON"), written);
            assert_eq!(serde_json::from_value::<ServiceTag>(written).expect("a tag"), tag);
        }
    }

    #[test]
    fn a_kind_that_the_id_does_not_tell_is_written_too() {
        let tag = ServiceTag::new("elsewhere", RequestKind::ArchiveMessage);
        let written = json!({ "channel": "elsewhere", "requests": "archive-message" });
        assert_eq!(serde_json::to_value(&tag).expect("JSON"), written);
        assert_eq!(serde_json::from_value::<ServiceTag>(written).expect("a tag"), tag);
    }
}
