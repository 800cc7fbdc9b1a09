//! One entry of the journal.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{HeldDeclaration, LoggedDisclosure, ServiceTag, StartLine, UseLogRecord};
use crate::domain::{ActionOutcome, Fault, Operation, RefusalGround};

/// What the journal holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "kebab-case")]
pub enum Entry {
    /// A request to the simulated Kanta and its answer.
    Exchange(Box<Exchange>),
    /// A business action that the driver asked of the vendor's system, with its end.
    Action(Box<ActionRecord>),
    /// The use log that a step asked for.
    UseLog(Box<UseLogRecord>),
    /// What the archive held of a scenario's persons when the scenario ended.
    Snapshot(Snapshot),
}

impl Entry {
    /// The exchange, where it is one.
    pub fn exchange(&self) -> Option<&Exchange> {
        if let Self::Exchange(exchange) = self { Some(exchange) } else { None }
    }

    /// The action, where it is one.
    pub fn action(&self) -> Option<&ActionRecord> {
        if let Self::Action(action) = self { Some(action) } else { None }
    }

    /// The scenario that it was written for; none for an exchange, which tells persons only.
    pub fn scenario(&self) -> Option<&str> {
        match self {
            Self::Exchange(_) => None,
            Self::Action(action) => Some(&action.scenario),
            Self::UseLog(log) => Some(&log.scenario),
            Self::Snapshot(snapshot) => Some(&snapshot.scenario),
        }
    }
}

/// A request and its answer, as they were on the wire.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// Number in the run, from 1, in order of arrival.
    pub number: u64,
    /// The service that it came to.
    #[serde(flatten)]
    pub service: ServiceTag,
    /// Name of the lane that it came in by; empty for the main archive, and for handshakes, which tell none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lane: String,
    /// Arrival of the last byte of the request.
    pub received: Timestamp,
    /// When the answer was ready.
    pub answered: Timestamp,
    pub caller: Caller,
    pub request: RecordedMessage,
    /// The answer; `None` when the connection was closed without one.
    pub answer: Option<RecordedMessage>,
    /// What the endpoint read it as.
    pub operation: Operation,
    /// Identity codes of the persons it concerns; the key that joins it to a scenario. Only codes of
    /// the 900 series and ill-formed codes stand here; others are masked.
    pub persons: Vec<String>,
    /// Identifier of the message (`root` and `extension` joined by a colon) or the `X-Request-Id`.
    pub message_id: Option<String>,
    /// Whether Kanta did what was asked.
    pub accepted: bool,
    /// True when the same message had been answered before and the first answer was given again.
    pub repeated: bool,
    /// Documents that the answer handed out, by identifier: results of a search or a retrieval.
    pub handed_out: Vec<String>,
    /// Why it was refused; empty where it was not.
    pub refused_for: Vec<RefusalGround>,
    /// The fault that the endpoint played, where it played one.
    pub fault: Option<Fault>,
}

/// Who called.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Caller {
    pub address: String,
    /// Subject of the client certificate, in one line.
    pub subject: Option<String>,
    /// `serialNumber` attribute of that subject: the organisation's OID.
    pub serial_number: Option<String>,
}

/// One half of an exchange.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordedMessage {
    /// `POST /archive` or `200`.
    pub start: StartLine,
    /// Headers in order. Values of `authorization` are kept, since the judge needs the token; they
    /// never leave the evidence.
    pub headers: Vec<(String, String)>,
    pub body: Body,
}

impl RecordedMessage {
    /// The first header with this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// Bytes of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// The bytes as they were. In the journal they stand after the entry's line, which tells their
    /// number only.
    Raw(Vec<u8>),
    /// Not kept: they held an identity code that may belong to a person.
    Withheld {
        /// How many bytes came.
        bytes: usize,
        /// Why, as a lower-case fragment.
        reason: String,
    },
}

/// How a body stands in the entry's line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum BodyLine<'a> {
    Following(usize),
    Withheld { bytes: usize, reason: std::borrow::Cow<'a, str> },
}

impl Serialize for Body {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Raw(bytes) => BodyLine::Following(bytes.len()).serialize(serializer),
            Self::Withheld { bytes, reason } => {
                BodyLine::Withheld { bytes: *bytes, reason: reason.into() }.serialize(serializer)
            }
        }
    }
}

/// Reads the line only: the journal's reader fills the bytes in.
impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match BodyLine::deserialize(deserializer)? {
            BodyLine::Following(_) => Self::Raw(Vec::new()),
            BodyLine::Withheld { bytes, reason } => Self::Withheld { bytes, reason: reason.into_owned() },
        })
    }
}

impl Body {
    /// The bytes; empty where they were withheld.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Raw(bytes) => bytes,
            Self::Withheld { .. } => &[],
        }
    }
}

/// A business action and how it ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionRecord {
    pub scenario: String,
    /// Name of the step in it.
    pub step: String,
    /// Name of the action.
    pub action: String,
    /// The key under which the driver was asked, which tells nothing of the scenario; empty where it was not asked.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    pub parameters: Value,
    /// When it was asked.
    pub started: Timestamp,
    /// When its end was known.
    pub ended: Timestamp,
    pub outcome: ActionOutcome,
    /// What the system answered, but for a use log, which is an entry of its own.
    pub result: Value,
    /// What the system showed its user, or why the driver gave no end; the name of the file, where its use log was read
    /// from one.
    pub message: String,
}

impl ActionRecord {
    /// Whether the system did what it was asked.
    pub fn has_succeeded(&self) -> bool {
        self.outcome == ActionOutcome::Succeeded
    }
}

/// What Kanta holds of a scenario's persons.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    pub scenario: String,
    /// Every version of every document of its persons.
    pub documents: Vec<ArchivedDocument>,
    /// Identifiers of the disclosure notices stored about them.
    pub notices: Vec<String>,
    /// Their declarations of intent, those no longer in force too.
    #[serde(default)]
    pub declarations: Vec<HeldDeclaration>,
    /// What Kanta's log tells of disclosures of their data through the archive.
    #[serde(default)]
    pub disclosures: Vec<LoggedDisclosure>,
}

/// One version of a document in the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchivedDocument {
    pub id: String,
    /// Identifier of the first version.
    pub set_id: String,
    pub version: u32,
    /// Client's identity code.
    pub person: String,
    /// Controller's OID.
    pub controller: String,
    pub group: String,
    pub register: String,
    /// Whether the document is nullified.
    pub nullified: bool,
    /// Who put it there.
    pub provenance: Provenance,
    /// Text in which a marker can be looked for: the display form and JSON, decoded.
    pub text: String,
}

/// Who put a document into the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// It came over the wire.
    Wire,
    /// The scenario asked for it to be there beforehand.
    Planted,
}
