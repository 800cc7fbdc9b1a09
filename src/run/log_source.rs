//! Where a run gets the use log from when not from the driver: a file that the system exports, or what it
//! sends to the endpoint by itself.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::evidence_log::EvidenceLog;
use crate::evidence::{Channel, Entry, Exchange};
use crate::wire::json::{Piece, Shape, Splitter};

/// Most entries that are taken over.
const MOST: usize = 10_000;
/// Longest entry.
const LONGEST: usize = 1024 * 1024;
/// Pause between two looks.
const PAUSE: Duration = Duration::from_millis(100);

/// Reads the entries of a file, or tells why it cannot.
pub type ReadLog = Arc<dyn Fn() -> Result<Vec<Value>, String> + Send + Sync>;

/// Where the use log comes from.
#[derive(Clone, Default)]
pub enum LogSource {
    /// The driver is asked for it.
    #[default]
    Driver,
    /// A file is read, which holds what was asked for within this time.
    File(ReadLog, Duration),
    /// The system sends its entries to the endpoint, within this time.
    Pushed(Duration),
}

impl fmt::Debug for LogSource {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Driver => "Driver",
            Self::File(..) => "File",
            Self::Pushed(_) => "Pushed",
        })
    }
}

/// What a log is asked for.
pub(super) struct Wanted<'a> {
    /// Earliest time.
    pub from: Timestamp,
    /// The exchanges that it must tell.
    pub exchanges: Vec<&'a Exchange>,
}

impl LogSource {
    /// Whether the driver has to give the log.
    pub(super) fn is_driver(&self) -> bool {
        matches!(self, Self::Driver)
    }

    /// The entries from `wanted.from` on. Where one is missing, the source is looked at again until its time
    /// is over: an export may be late.
    ///
    /// # Errors
    /// Why the file cannot be read.
    pub(super) async fn entries(&self, wanted: &Wanted<'_>, evidence: &EvidenceLog) -> Result<Value, String> {
        let patience = match self {
            Self::Driver => Duration::ZERO,
            Self::File(_, patience) | Self::Pushed(patience) => *patience,
        };
        let until = tokio::time::Instant::now() + patience;
        loop {
            let entries = match self {
                Self::Driver => Ok(Vec::new()),
                Self::File(read, _) => read(),
                Self::Pushed(_) => Ok(pushed(evidence)),
            };
            let entries = entries.map(|entries| wanted.of(entries));
            let is_over = tokio::time::Instant::now() >= until;
            if is_over || entries.as_ref().is_ok_and(|entries| wanted.is_told(entries)) {
                return entries.map(|entries| json!({ "entries": entries }));
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

impl Wanted<'_> {
    /// The entries of the time, and those whose time cannot be read.
    fn of(&self, entries: Vec<Value>) -> Vec<Value> {
        let is_later = |entry: &Value| {
            let time = entry["time"].as_str().and_then(|time| time.parse::<Timestamp>().ok());
            time.is_none_or(|time| time >= self.from)
        };
        entries.into_iter().filter(is_later).take(MOST + 1).collect()
    }

    fn is_told(&self, entries: &[Value]) -> bool {
        let told: BTreeSet<&str> = entries
            .iter()
            .flat_map(|entry| ["messageId", "requestId"].map(|name| entry["kanta"][name].as_str()))
            .flatten()
            .collect();
        self.exchanges.iter().filter_map(|exchange| exchange.message_id.as_deref()).all(|id| told.contains(id))
    }
}

/// The entries that the system sent so far. A line that is no JSON stands as a text, for the rules to tell.
fn pushed(evidence: &EvidenceLog) -> Vec<Value> {
    let mut entries = Vec::new();
    for entry in evidence.entries() {
        let Entry::Exchange(exchange) = &*entry else { continue };
        if exchange.channel == Channel::UseLog {
            let mut splitter = Splitter::new(Shape::Lines, LONGEST);
            let mut each = |piece: Piece| entries.push(value(&piece.bytes));
            splitter.feed(exchange.request.body.bytes(), &mut each);
            splitter.end(&mut each);
        }
    }
    entries
}

/// The entry in a line, or the line.
fn value(line: &[u8]) -> Value {
    serde_json::from_slice(line).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(line).into_owned()))
}
