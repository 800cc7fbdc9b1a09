//! An entry of the use log in its canonical form. Nothing is certain to be there: what is missing is for
//! the rules to tell.

use jiff::Timestamp;
use serde_json::Value;

/// A use log as the system gave it.
#[derive(Debug, Clone, Default)]
pub struct UseLog {
    /// Its entries, in the order of the log.
    pub entries: Vec<LogEntry>,
    /// What could not be read.
    pub faults: Vec<LogFault>,
    /// The log as it came.
    pub json: Value,
}

/// Something in the log that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFault {
    /// JSON pointer from the log.
    pub pointer: String,
    /// What belongs there.
    pub expected: &'static str,
    /// What came.
    pub actual: String,
}

/// One entry.
#[derive(Debug, Clone, Default)]
pub struct LogEntry {
    /// Its JSON pointer.
    pub pointer: String,
    /// `sequence`.
    pub sequence: Option<i64>,
    /// `kind`: use, disclosure, notice, search or administration.
    pub kind: Option<String>,
    /// `time`, as written.
    pub time: Option<String>,
    /// The same, where it is a time with its zone.
    pub moment: Option<Timestamp>,
    /// `client.value`.
    pub client: Option<String>,
    /// `action`: create, read, search, replace, nullify or disclose.
    pub action: Option<String>,
    /// `user.value`.
    pub user: Option<String>,
    /// `user.name`.
    pub user_name: Option<String>,
    /// `organisation.subscriber`.
    pub subscriber: Option<String>,
    /// `controller.id`.
    pub controller: Option<String>,
    /// `purpose.code`, else `purpose.text`.
    pub purpose: Option<String>,
    /// `objects`.
    pub objects: Vec<LogObject>,
    /// Whether `criteria` has anything in it.
    pub has_criteria: bool,
    /// `disclosure`.
    pub disclosure: Option<Disclosure>,
    /// `kanta`: the call that the entry is about.
    pub kanta: Option<KantaCall>,
    /// `outcome`.
    pub outcome: Option<LogOutcome>,
}

/// One of `objects`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogObject {
    /// `documentId`.
    pub document: Option<String>,
    /// `description`.
    pub description: Option<String>,
}

/// `disclosure`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// `channel`.
    pub channel: Option<Channel>,
    /// `recipient.id`, else `recipient.name`, else `client` where `recipient.client` is true.
    pub recipient: Option<String>,
    /// `noticeId`.
    pub notice: Option<String>,
}

/// How data were disclosed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// `outside-archive`.
    OutsideArchive,
    /// `through-archive`.
    ThroughArchive,
}

/// `kanta`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KantaCall {
    /// `messageId`, `root:extension`, else `requestId`.
    pub id: Option<String>,
    /// `httpStatus`.
    pub http_status: Option<i64>,
}

/// How the processing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogOutcome {
    /// `success`.
    Success,
    /// `failure`: it could not be done.
    Failure,
    /// `refused`: Kanta or the system itself said no.
    Refused,
}

impl LogOutcome {
    /// Its name in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
            Self::Refused => "refused",
        }
    }
}

impl Channel {
    /// Its name in the log and in the actions.
    pub fn name(self) -> &'static str {
        match self {
            Self::OutsideArchive => "outside-archive",
            Self::ThroughArchive => "through-archive",
        }
    }
}

impl LogEntry {
    /// Identifier of the message or request that the entry is about.
    pub fn call(&self) -> Option<&str> {
        self.kanta.as_ref()?.id.as_deref()
    }

    /// The pointer of `relative` in this entry.
    pub fn at(&self, relative: &str) -> String {
        format!("{}{relative}", self.pointer)
    }

    /// Whether the entry tells a disclosure. One of kind `notice` tells that its notice was sent, and
    /// may leave the rest to an entry of kind `disclosure`.
    pub fn is_disclosure(&self) -> bool {
        self.disclosure.is_some() || self.kind.as_deref() == Some("disclosure")
    }
}
