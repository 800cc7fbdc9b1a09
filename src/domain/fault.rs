//! Faults that the simulated Kanta plays on purpose.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! faults {
    ($($variant:ident $name:literal $text:literal,)*) => {
        /// A fault of the simulated Kanta. Its name stands in scenario files and in the evidence.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Fault {
            $(#[doc = $text] $variant,)*
        }

        const TABLE: &[(&str, &str)] = &[$(($name, $text),)*];

        impl Fault {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];
        }
    };
}

faults! {
    ErrorAnswer "error-answer" "Kanta refuses the message as faulty (AE with the integrity code) and stores nothing; sent again, the same message gets the same answer.",
    RejectAnswer "reject-answer" "Kanta rejects the message for reasons of its own (AR) and stores nothing; it may be sent again.",
    UnknownCodeAnswer "unknown-code-answer" "The acknowledgement carries a code that no table has (XX); nothing is stored.",
    SeveralIssues "several-issues" "Kanta refuses the message with three errors at once, in the archive with one; nothing is stored.",
    UnknownErrorCode "unknown-error-code" "Kanta refuses the message with an error code that no table has; nothing is stored.",
    ValidationIssue "validation-issue" "Kanta refuses the message with what a validator said, line and column included; nothing is stored.",
    AccessRefused "access-refused" "Kanta refuses the message for want of an access right, at the FHIR service with HTTP 401; nothing is stored.",
    Unavailable "unavailable" "HTTP 503 without Retry-After; nothing is stored.",
    Busy "busy" "HTTP 503 with Retry-After: 1; nothing is stored.",
    TooManyRequests "too-many-requests" "HTTP 429 with Retry-After: 1; nothing is stored.",
    CloseBeforeStoring "close-before-storing" "The connection ends without an answer; nothing is stored.",
    CloseAfterStoring "close-after-storing" "Kanta does what was asked, and the connection ends without an answer.",
    ResetBeforeStoring "reset-before-storing" "The connection is reset (TCP RST) without an answer; nothing is stored.",
    ResetAfterStoring "reset-after-storing" "Kanta does what was asked, and the connection is reset (TCP RST) without an answer.",
    HalfClose "half-close" "Kanta ends its half of the connection without an answer and hears on for two seconds; nothing is stored.",
    AnswerToOtherMessage "answer-to-other-message" "Kanta accepts some other message; nothing is stored.",
    SoapFault "soap-fault" "A SOAP fault of the server, at the FHIR service an OperationOutcome with HTTP 500; nothing is stored.",
    GarbageAnswer "garbage-answer" "HTTP 200 with a text that is neither XML nor JSON; nothing is stored.",
    MalformedAnswer "malformed-answer" "An acceptance that lacks its last end tag, at the FHIR service its last brace; nothing is stored.",
    TruncatedAnswer "truncated-answer" "Kanta does what was asked, and the answer breaks off in the middle.",
    DuplicatedAnswer "duplicated-answer" "Kanta does what was asked, and the answer stands twice in the body, one behind the other.",
    DelayedAnswer "delayed-answer" "Kanta does what was asked, and the answer comes 1.1 seconds later.",
    DribbledAnswer "dribbled-answer" "Kanta does what was asked, and the answer comes in some three hundred pieces, a millisecond or more apart.",
    EmptyBadRequest "empty-bad-request" "HTTP 400 with no body; nothing is stored.",
    EmptyUnauthorised "empty-unauthorised" "HTTP 401 with no body; nothing is stored.",
    SmallPages "small-pages" "Kanta gives two results at a time at most, in the answer to the query and in those to its continuations.",
    ExpiredCertificate "expired-certificate" "Kanta shows a server certificate that has expired; what is sent all the same gets no answer, and nothing is stored.",
    ForeignCertificate "foreign-certificate" "Kanta shows a server certificate of an authority that nobody trusts; what is sent all the same gets no answer, and nothing is stored.",
    WrongNameCertificate "wrong-name-certificate" "Kanta shows a server certificate of another host name; what is sent all the same gets no answer, and nothing is stored.",
}

/// A name that is no fault's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no fault {0}")]
pub struct UnknownFault(pub String);

impl Fault {
    /// Its name.
    pub fn name(self) -> &'static str {
        TABLE[self as usize].0
    }

    /// What Kanta does, in one or two sentences.
    pub fn describe(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// Whether the archive refuses the message so that it gets the same answer when it comes again.
    pub fn refuses_for_good(self) -> bool {
        matches!(
            self,
            Self::ErrorAnswer
                | Self::SeveralIssues
                | Self::ValidationIssue
                | Self::UnknownErrorCode
                | Self::AccessRefused
        )
    }

    /// Whether Kanta does what was asked before the fault shows.
    pub fn comes_after_the_work(self) -> bool {
        matches!(
            self,
            Self::CloseAfterStoring
                | Self::ResetAfterStoring
                | Self::TruncatedAnswer
                | Self::DuplicatedAnswer
                | Self::DelayedAnswer
                | Self::DribbledAnswer
                | Self::SmallPages
        )
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(name: &str) -> Result<Self, UnknownFault> {
        Self::ALL.iter().copied().find(|fault| fault.name() == name).ok_or_else(|| UnknownFault(name.to_owned()))
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Fault {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
