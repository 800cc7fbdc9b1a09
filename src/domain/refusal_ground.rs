//! Why a service of Kanta refused a request.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::FindingCode;

/// Why a request was refused: for a finding, for something apart from rules, or because no TLS connection came about. In
/// the evidence it is one word, or the reason of the handshake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum RefusalGround {
    /// A rule found this.
    Finding(FindingCode),
    /// Something that is no rule's matter.
    Service(ServiceGround),
    /// What the TLS library said of the handshake.
    Handshake(String),
}

/// Why a service refuses what no rule has anything against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceGround {
    /// The caller has no right to it, or to know whether it is there.
    AccessRight,
    /// The store failed.
    ArchiveFailed,
    /// The connection ended within the body.
    BodyBrokenOff,
    /// The body did not come in time.
    BodyTooSlow,
    /// The body is compressed or encoded in a way that is not known.
    ContentEncodingUnknown,
    /// The declaration is another person's.
    DeclarationConflict,
    /// The form was fetched and receipted.
    DeliveredAlready,
    /// A fault was to be played.
    Fault,
    /// The recipient does not empty its inbox.
    InboxFull,
    /// The address is used with another method.
    MethodNotAllowed,
    /// The request holds no entry of a use log.
    NoEntry,
    /// No service has the address.
    NoSuchAddress,
    /// Nobody has fetched the form.
    NotFetched,
    /// The archivist nullifies what nobody else can.
    NotLastResort,
    /// The document is nullified.
    NullifiedAlready,
    /// The first result that is wanted is behind the last one.
    QueryPositionWrong,
    /// The query that is continued is not open.
    QueryUnknown,
    /// The archivist gave no reason.
    ReasonMissing,
    /// What came is no request that the service knows.
    RequestUnreadable,
    /// The validation service was given something else than XML.
    XmlUndeclared,
}

impl ServiceGround {
    /// Each of them.
    pub const ALL: [Self; 20] = [
        Self::AccessRight,
        Self::ArchiveFailed,
        Self::BodyBrokenOff,
        Self::BodyTooSlow,
        Self::ContentEncodingUnknown,
        Self::DeclarationConflict,
        Self::DeliveredAlready,
        Self::Fault,
        Self::InboxFull,
        Self::MethodNotAllowed,
        Self::NoEntry,
        Self::NoSuchAddress,
        Self::NotFetched,
        Self::NotLastResort,
        Self::NullifiedAlready,
        Self::QueryPositionWrong,
        Self::QueryUnknown,
        Self::ReasonMissing,
        Self::RequestUnreadable,
        Self::XmlUndeclared,
    ];

    /// Its name in the evidence and in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::AccessRight => "access-right",
            Self::ArchiveFailed => "archive-failed",
            Self::BodyBrokenOff => "body-broken-off",
            Self::BodyTooSlow => "body-too-slow",
            Self::ContentEncodingUnknown => "content-encoding-unknown",
            Self::DeclarationConflict => "declaration-conflict",
            Self::DeliveredAlready => "delivered-already",
            Self::Fault => "fault",
            Self::InboxFull => "inbox-full",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::NoEntry => "no-entry",
            Self::NoSuchAddress => "no-such-address",
            Self::NotFetched => "not-fetched",
            Self::NotLastResort => "not-last-resort",
            Self::NullifiedAlready => "nullified-already",
            Self::QueryPositionWrong => "query-position-wrong",
            Self::QueryUnknown => "query-unknown",
            Self::ReasonMissing => "reason-missing",
            Self::RequestUnreadable => "request-unreadable",
            Self::XmlUndeclared => "xml-undeclared",
        }
    }
}

impl RefusalGround {
    /// The word for it, or the reason of the handshake.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Finding(code) => code.as_str(),
            Self::Service(ground) => ground.name(),
            Self::Handshake(reason) => reason,
        }
    }

    /// The finding, where it is one.
    pub fn finding(&self) -> Option<FindingCode> {
        if let Self::Finding(code) = self { Some(*code) } else { None }
    }
}

impl From<FindingCode> for RefusalGround {
    fn from(code: FindingCode) -> Self {
        Self::Finding(code)
    }
}

impl From<ServiceGround> for RefusalGround {
    fn from(ground: ServiceGround) -> Self {
        Self::Service(ground)
    }
}

impl From<String> for RefusalGround {
    fn from(text: String) -> Self {
        let service = || ServiceGround::ALL.into_iter().find(|ground| ground.name() == text);
        let known = text.parse().ok().map(Self::Finding).or_else(|| service().map(Self::Service));
        known.unwrap_or(Self::Handshake(text))
    }
}

impl From<RefusalGround> for String {
    fn from(ground: RefusalGround) -> Self {
        ground.as_str().to_owned()
    }
}

impl PartialEq<&str> for RefusalGround {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for RefusalGround {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{FindingCode, RefusalGround, ServiceGround};

    #[test]
    fn a_ground_reads_back_as_what_it_was_and_no_word_means_two() {
        let grounds = ServiceGround::ALL.map(RefusalGround::from).into_iter().chain(FindingCode::ALL.map(Into::into));
        for ground in grounds.chain([RefusalGround::Handshake("no TLS".to_owned())]) {
            assert_eq!(RefusalGround::from(ground.to_string()), ground);
        }
    }
}
