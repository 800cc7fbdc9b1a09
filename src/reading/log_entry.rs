//! An entry of the use log in its canonical form. Nothing is certain to be there: what is missing is for
//! the rules to tell.

use std::borrow::Cow;

use jiff::Timestamp;
use serde_json::Value;

use crate::words::Said;

/// A use log as the system gave it.
#[derive(Debug, Clone)]
pub struct UseLog<'a> {
    /// Its entries, in the order of the log.
    pub entries: Vec<LogEntry<'a>>,
    /// What could not be read.
    pub faults: Vec<LogFault>,
    /// The log as it came.
    pub json: &'a Value,
}

/// Something in the log that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFault {
    /// JSON pointer from the log.
    pub pointer: String,
    pub expected: Said,
    /// The JSON that came.
    pub actual: String,
}

/// One entry.
#[derive(Debug, Clone, Default)]
pub struct LogEntry<'a> {
    /// Its JSON pointer.
    pub pointer: String,
    /// `sequence`.
    pub sequence: Option<i64>,
    /// `kind`: use, disclosure, notice, search or administration.
    pub kind: Option<Cow<'a, str>>,
    /// `time`, as written.
    pub time: Option<Cow<'a, str>>,
    /// The same, where it is a time with its zone.
    pub moment: Option<Timestamp>,
    /// `client.value`.
    pub client: Option<Cow<'a, str>>,
    /// `action`: create, read, search, replace, nullify or disclose.
    pub action: Option<Cow<'a, str>>,
    /// `user.value`.
    pub user: Option<Cow<'a, str>>,
    /// `user.name`.
    pub user_name: Option<Cow<'a, str>>,
    /// `organisation.subscriber`.
    pub subscriber: Option<Cow<'a, str>>,
    /// `controller.id`.
    pub controller: Option<Cow<'a, str>>,
    /// `purpose.code`, else `purpose.text`.
    pub purpose: Option<Cow<'a, str>>,
    /// `objects`.
    pub objects: Vec<LogObject<'a>>,
    /// Whether `criteria` has anything in it.
    pub has_criteria: bool,
    /// `disclosure`.
    pub disclosure: Option<Disclosure<'a>>,
    /// `kanta`: the call that the entry is about.
    pub kanta: Option<KantaCall<'a>>,
    /// `outcome`.
    pub outcome: Option<LogOutcome>,
}

/// One of `objects`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogObject<'a> {
    /// `documentId`.
    pub document: Option<Cow<'a, str>>,
    /// `description`.
    pub description: Option<Cow<'a, str>>,
}

/// `disclosure`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure<'a> {
    /// `channel`.
    pub channel: Option<DisclosureChannel>,
    /// `recipient.id`, else `recipient.name`, else `client` where `recipient.client` is true.
    pub recipient: Option<Cow<'a, str>>,
    /// `noticeId`.
    pub notice: Option<Cow<'a, str>>,
}

/// How data were disclosed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisclosureChannel {
    /// `outside-archive`.
    OutsideArchive,
    /// `through-archive`.
    ThroughArchive,
}

/// `kanta`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KantaCall<'a> {
    /// `messageId`, `root:extension`, else `requestId`.
    pub id: Option<Cow<'a, str>>,
    /// `correlationId`.
    pub correlation: Option<Cow<'a, str>>,
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

impl DisclosureChannel {
    /// Its name in the log and in the actions.
    pub fn name(self) -> &'static str {
        match self {
            Self::OutsideArchive => "outside-archive",
            Self::ThroughArchive => "through-archive",
        }
    }
}

impl LogEntry<'_> {
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
