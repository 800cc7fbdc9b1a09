//! Where a run gets the use log from when not from the driver: a file that the system exports, or what it
//! sends to the endpoint by itself.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use tokio::time::Instant;

use super::evidence_log::EvidenceLog;
use crate::driver::{ActionAnswer, DriverError};
use crate::evidence::{Exchange, RequestKind, UseLogRecord};
use crate::wire::json::{JsonPiece, JsonShape, Splitter};
use crate::wire::use_log::{ExportedLog, LogElement, entry_of};

/// Most entries that are taken over.
const MOST: usize = 10_000;
/// Longest entry.
const LONGEST: usize = 1024 * 1024;
/// Pause between two looks.
const PAUSE: Duration = Duration::from_millis(100);

/// Reads a file with the use log, or tells why it cannot.
pub type ReadLog = Arc<dyn Fn() -> Result<ExportedLog, String> + Send + Sync>;

/// Where the use log comes from.
#[derive(Debug, Clone, Default)]
pub enum LogSource {
    /// The driver is asked for it.
    #[default]
    Driver,
    /// A file is read.
    File(LogFile),
    /// The system sends its entries to the endpoint, within this time.
    Pushed(Duration),
}

/// A file that the system writes. Clones share what of it was judged.
#[derive(Clone)]
pub struct LogFile {
    name: String,
    read: ReadLog,
    patience: Duration,
    /// Time of the last entry that a step has taken over to be judged.
    judged: Arc<Mutex<Timestamp>>,
}

impl fmt::Debug for LogFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("LogFile")
            .field("patience", &self.patience)
            .field("judged", &self.judged)
            .finish_non_exhaustive()
    }
}

/// What a log is asked for.
pub(super) struct LogRequest<'a> {
    pub from: Timestamp,
    /// The exchanges that it must tell.
    pub exchanges: Vec<&'a Exchange>,
}

impl LogSource {
    /// Whether the driver has to give the log.
    pub(super) fn is_driver(&self) -> bool {
        matches!(self, Self::Driver)
    }

    /// The log from `wanted.from` on. The driver is asked by `ask`; what it tells beside the log comes as its answer. A file
    /// or what was pushed is looked at again until its time is over where something is missing: an export may be late.
    ///
    /// # Errors
    /// Why the driver gave no end, or why the file cannot be read.
    pub(super) async fn given(
        &self,
        wanted: &LogRequest<'_>,
        evidence: &EvidenceLog,
        ask: impl Future<Output = Result<ActionAnswer, DriverError>>,
    ) -> Result<(ActionAnswer, UseLogRecord), DriverError> {
        match self {
            Self::Driver => {
                let mut answer = ask.await?;
                let log = UseLogRecord::taken_from(&mut answer.result);
                Ok((answer, log))
            }
            Self::File(file) => {
                let log = file.given(wanted).await.map_err(|what| DriverError::LogUnreadable { what: what.into() })?;
                // Each lane has a file of its own: the report names it where it shows what the system said.
                Ok((ActionAnswer { message: log.file.clone(), ..ActionAnswer::done() }, log))
            }
            Self::Pushed(patience) => {
                let look = |is_over: bool| {
                    let entries = wanted.of(pushed(evidence));
                    (is_over || wanted.is_told(&entries)).then_some(entries)
                };
                let entries = awaited(*patience, look).await;
                Ok((ActionAnswer::done(), UseLogRecord { entries: entries.into(), ..UseLogRecord::default() }))
            }
        }
    }
}

impl LogFile {
    /// A file that holds within `patience` what it is asked for. What it told until `from` is nobody's concern.
    pub fn new(name: String, read: ReadLog, patience: Duration, from: Timestamp) -> Self {
        Self { name, read, patience, judged: Arc::new(Mutex::new(from)) }
    }

    async fn given(&self, wanted: &LogRequest<'_>) -> Result<UseLogRecord, String> {
        let mut first: Option<Vec<LogElement>> = None;
        let look = |is_over: bool| {
            let log = match (self.read)() {
                Ok(log) => log,
                Err(why) => {
                    first.get_or_insert_default();
                    return is_over.then_some(Err(why));
                }
            };
            // A half line at the end is damage where it stood so all the time, and else in writing.
            let half = log.half().to_vec();
            let is_left = *first.get_or_insert_with(|| half.clone()) == half;
            let is_told = || half.is_empty() && wanted.is_told(&wanted.of(entries(&log)));
            let kept = || if is_left { log.clone() } else { log.clone().without_half() };
            (is_over || is_told()).then(|| Ok(self.taken(kept(), wanted)))
        };
        awaited(self.patience, look).await
    }

    /// What is taken over of the log: entries of the time that is asked for, and for the judge of the file what
    /// no step before has taken.
    fn taken(&self, log: ExportedLog, wanted: &LogRequest<'_>) -> UseLogRecord {
        let entries = wanted.of(entries(&log)).into();
        let events = log.elements.iter().filter_map(LogElement::event);
        let events = events.filter(|event| wanted.is_later(&entry_of(event))).take(MOST + 1);
        let events = if log.is_of_events { events.collect() } else { Value::Null };
        let mut judged = self.judged.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = log.since(*judged, MOST);
        *judged = fresh.newest().unwrap_or(*judged);
        UseLogRecord { file: self.name.clone(), entries, events, exported: fresh.to_value(), ..UseLogRecord::default() }
    }
}

impl LogRequest<'_> {
    /// The entries of the time, and those whose time cannot be read.
    fn of(&self, entries: impl IntoIterator<Item = Value>) -> Vec<Value> {
        entries.into_iter().filter(|entry| self.is_later(entry)).take(MOST + 1).collect()
    }

    fn is_later(&self, entry: &Value) -> bool {
        let time = entry["time"].as_str().and_then(|time| time.parse::<Timestamp>().ok());
        time.is_none_or(|time| time >= self.from)
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

/// What `look` gives, which is asked again until it gives something, at the latest when the time is over; it
/// is told then, and has to give.
async fn awaited<T>(patience: Duration, mut look: impl FnMut(bool) -> Option<T>) -> T {
    let until = Instant::now() + patience;
    loop {
        if let Some(found) = look(Instant::now() >= until) {
            return found;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// The canonical entries of the log. What is none is the matter of the file's own judge.
fn entries(log: &ExportedLog) -> impl Iterator<Item = Value> {
    log.elements.iter().filter_map(|element| element.entry(log.is_of_events))
}

/// The entries that the system sent so far. A line that is no JSON stands as a text, for the rules to tell.
fn pushed(evidence: &EvidenceLog) -> Vec<Value> {
    let mut entries = Vec::new();
    for entry in evidence.entries() {
        let Some(exchange) = entry.exchange() else { continue };
        if exchange.service.requests() == RequestKind::UseLogEntries {
            let mut splitter = Splitter::new(JsonShape::Lines, LONGEST);
            let mut each = |piece: JsonPiece| entries.push(value(&piece.bytes));
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use jiff::Timestamp;
    use serde_json::{Value, json};

    use super::{LogFile, LogRequest};
    use crate::wire::json::{JsonPiece, JsonShape};
    use crate::wire::use_log::{ExportedLog, LogElement};

    const WHOLE: &str = "{\"time\": \"1970-01-01T00:00:05Z\"}";
    const OLD: &str = "{\"time\": \"1970-01-01T00:00:01Z\"}";

    /// A log of these lines, of which the last has not reached its end.
    fn log(lines: &[&str]) -> ExportedLog {
        let piece = |(number, line): (u32, &&str)| {
            let is_whole = usize::try_from(number).is_ok_and(|number| number < lines.len());
            LogElement::Piece(JsonPiece { bytes: line.as_bytes().to_vec(), line: number, column: 1, is_whole })
        };
        let elements = (1..).zip(lines).map(piece).collect();
        ExportedLog { shape: JsonShape::Lines, is_of_events: false, before: 0, continues: false, elements }
    }

    /// What a file gives that holds one look after the other what is given here, the last one for good.
    async fn given(looks: Vec<Vec<&'static str>>) -> (LogFile, Vec<(Value, Value)>) {
        let at = Arc::new(AtomicUsize::new(0));
        let read = move || {
            let look = &looks[at.fetch_add(1, Ordering::Relaxed).min(looks.len() - 1)];
            if look.is_empty() { Err("absent".to_owned()) } else { Ok(log(look)) }
        };
        let from = Timestamp::from_second(2).expect("time");
        let file = LogFile::new("log".to_owned(), Arc::new(read), Duration::from_millis(500), from);
        let given = next(&file).await;
        (file, given)
    }

    /// Line and text of what is handed over to be judged.
    async fn next(file: &LogFile) -> Vec<(Value, Value)> {
        let wanted = LogRequest { from: Timestamp::from_second(2).expect("time"), exchanges: vec![] };
        let given = file.given(&wanted).await.expect("given");
        let elements = given.exported["elements"].as_array().cloned().unwrap_or_default();
        elements.iter().map(|element| (element["line"].clone(), element["text"].clone())).collect()
    }

    fn line(number: u32, text: &str) -> (Value, Value) {
        (json!(number), json!(text))
    }

    #[tokio::test]
    async fn an_end_in_writing_is_waited_for_and_one_that_is_left_is_handed_over() {
        let half = "{\"time\": ";
        let (_, written) = given(vec![vec![OLD, half], vec![OLD, WHOLE]]).await;
        assert_eq!(written, [line(1, OLD), line(2, WHOLE)]);
        let (_, left) = given(vec![vec![OLD, half]]).await;
        assert_eq!(left, [line(1, OLD), line(2, half)]);
        let (file, begun) = given(vec![vec![], vec![OLD, WHOLE, half]]).await;
        assert_eq!(begun, [line(1, OLD), line(2, WHOLE)]);
        assert_eq!(next(&file).await, [line(2, WHOLE), line(3, half)]);
    }

    #[tokio::test]
    async fn each_line_is_handed_over_once() {
        let (file, first) = given(vec![vec![OLD, WHOLE], vec!["later", OLD, WHOLE, "{", WHOLE]]).await;
        assert_eq!(first, [line(1, OLD), line(2, WHOLE)]);
        assert_eq!(next(&file).await, [line(5, WHOLE)]);
    }
}
