//! The journal on disk: one line of JSON an entry, raw bodies after it, chained by SHA-256.
//!
//! The hash of an entry covers the hash before it, the entry's JSON and the raw bodies, so that a
//! changed, removed or added entry breaks every hash after it.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

use super::{Body, Entry};
use crate::words::{Said, said};

/// Largest body that is read back; larger lengths mean a damaged journal.
const LARGEST_BODY: usize = 64 * 1024 * 1024;
const FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Why a journal could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file could not be made, written or read.
    #[error("the evidence journal {path} cannot be used: {cause}")]
    File {
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// An entry is not as it was written.
    #[error("entry {number} of the evidence journal is damaged: {what}")]
    Damaged {
        /// Number of the entry, from 1.
        number: u64,
        what: String,
    },
}

impl JournalError {
    /// What is told of it.
    pub fn said(&self) -> Said {
        match self {
            Self::File { path, cause } => {
                said::the_evidence_journal_cannot_be_used(path.display().to_string(), cause.to_string())
            }
            Self::Damaged { number, what } => said::entry_of_the_evidence_journal_is_damaged(*number, what),
        }
    }
}

/// Called with every entry once it is on disk.
pub type Listener = Box<dyn Fn(&Arc<Entry>) + Send + Sync>;

/// An open journal. Entries are on disk when [`Journal::append`] returns.
pub struct Journal {
    path: PathBuf,
    inner: Mutex<Inner>,
    listener: Option<Listener>,
}

struct Inner {
    file: File,
    previous: String,
    number: u64,
    last_exchange: u64,
}

#[derive(Serialize, Deserialize)]
struct JournalLine<'a> {
    number: u64,
    previous: std::borrow::Cow<'a, str>,
    hash: std::borrow::Cow<'a, str>,
    following: Vec<usize>,
    #[serde(borrow)]
    content: std::borrow::Cow<'a, RawValue>,
}

impl Journal {
    /// A new journal at `path`; an older one there is replaced.
    ///
    /// # Errors
    /// `File` when it cannot be made.
    pub fn create(path: &Path, listener: Option<Listener>) -> Result<Self, JournalError> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(true).write(true);
        private(&mut options);
        let file = options.open(path).map_err(|cause| JournalError::File { path: path.to_owned(), cause })?;
        let inner = Inner { file, previous: FIRST.to_owned(), number: 0, last_exchange: 0 };
        Ok(Self { path: path.to_owned(), inner: Mutex::new(inner), listener })
    }

    /// Goes on with the journal at `path`, or makes a new one where there is none. An entry that was cut
    /// short, since the process ended while it wrote, is dropped: nothing was acknowledged on its ground.
    ///
    /// # Errors
    /// `File`, or `Damaged` when what is there cannot be trusted.
    pub fn resume(path: &Path, listener: Option<Listener>) -> Result<Self, JournalError> {
        if !path.exists() {
            return Self::create(path, listener);
        }
        let file_error = |cause| JournalError::File { path: path.to_owned(), cause };
        let Tail { number, previous, last_exchange, end } = tail(path)?;
        let mut options = OpenOptions::new();
        options.append(true);
        let file = options.open(path).map_err(file_error)?;
        file.set_len(end).map_err(file_error)?;
        let inner = Mutex::new(Inner { file, previous, number, last_exchange });
        Ok(Self { path: path.to_owned(), inner, listener })
    }

    /// Writes `entry` and returns it once it is on disk.
    ///
    /// # Errors
    /// `File` when it cannot be written.
    pub fn append(&self, entry: Entry) -> Result<Arc<Entry>, JournalError> {
        let entry = Arc::new(entry);
        let content = to_raw_value(&*entry).map_err(|cause| self.failed(cause.into()))?;
        let bodies = bodies(&entry);
        {
            let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
            let hash = chain(&inner.previous, content.get().as_bytes(), &bodies);
            let line = JournalLine {
                number: inner.number + 1,
                previous: inner.previous.as_str().into(),
                hash: hash.as_str().into(),
                following: bodies.iter().map(|body| body.len()).collect(),
                content: std::borrow::Cow::Owned(content),
            };
            let mut bytes = serde_json::to_vec(&line).map_err(|cause| self.failed(cause.into()))?;
            bytes.reserve_exact(bodies.iter().map(|body| body.len() + 1).sum::<usize>() + 1);
            bytes.push(b'\n');
            for body in &bodies {
                bytes.extend_from_slice(body);
                bytes.push(b'\n');
            }
            inner.file.write_all(&bytes).map_err(|cause| self.failed(cause))?;
            inner.number += 1;
            inner.previous = hash;
            inner.last_exchange = inner.last_exchange.max(exchange_number(&entry));
        }
        if let Some(listener) = &self.listener {
            listener(&entry);
        }
        Ok(entry)
    }

    /// The hash of the last entry: the root that binds all before it.
    pub fn root(&self) -> String {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).previous.clone()
    }

    /// The highest number of an exchange in it; 0 where there is none.
    pub fn last_exchange(&self) -> u64 {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).last_exchange
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn failed(&self, cause: std::io::Error) -> JournalError {
        JournalError::File { path: self.path.clone(), cause }
    }
}

/// Every entry of the journal at `path`, the chain verified.
///
/// # Errors
/// `File`, or `Damaged` with the number of the first entry that is not as it was written.
pub fn read_journal(path: &Path) -> Result<Vec<Entry>, JournalError> {
    let mut entries = Vec::new();
    let tail = walk(path, |entry| entries.push(entry))?;
    if tail.end < length(path)? {
        return Err(JournalError::Damaged { number: tail.number + 1, what: "it was cut short".to_owned() });
    }
    Ok(entries)
}

/// Where a journal ends.
struct Tail {
    number: u64,
    previous: String,
    last_exchange: u64,
    /// Bytes of all whole entries.
    end: u64,
}

fn tail(path: &Path) -> Result<Tail, JournalError> {
    walk(path, |_| {})
}

fn length(path: &Path) -> Result<u64, JournalError> {
    let metadata = std::fs::metadata(path).map_err(|cause| JournalError::File { path: path.to_owned(), cause })?;
    Ok(metadata.len())
}

/// Visits every whole entry, the chain verified. What is cut short at the end is not visited.
fn walk(path: &Path, mut visit: impl FnMut(Entry)) -> Result<Tail, JournalError> {
    let file_error = |cause| JournalError::File { path: path.to_owned(), cause };
    let mut reader = BufReader::new(File::open(path).map_err(file_error)?);
    let mut tail = Tail { number: 0, previous: FIRST.to_owned(), last_exchange: 0, end: 0 };
    let mut text = String::new();
    loop {
        text.clear();
        reader.read_line(&mut text).map_err(file_error)?;
        if !text.ends_with('\n') {
            return Ok(tail);
        }
        let Some((entry, hash)) = read_entry(&text, &mut reader, &tail.previous, tail.number + 1)? else {
            return Ok(tail);
        };
        tail.number += 1;
        tail.last_exchange = tail.last_exchange.max(exchange_number(&entry));
        tail.previous = hash;
        tail.end = reader.stream_position().map_err(file_error)?;
        visit(entry);
    }
}

/// The entry whose line is `text`, with its hash; `None` where its bodies are cut short.
fn read_entry(
    text: &str,
    reader: &mut impl Read,
    previous: &str,
    number: u64,
) -> Result<Option<(Entry, String)>, JournalError> {
    let damaged = |what: String| JournalError::Damaged { number, what };
    let line: JournalLine<'_> = serde_json::from_str(text).map_err(|error| damaged(error.to_string()))?;
    let mut following = Vec::new();
    for length in &line.following {
        if *length > LARGEST_BODY {
            return Err(damaged(format!("a body of {length} bytes")));
        }
        let mut body = vec![0; length + 1];
        match reader.read_exact(&mut body) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
            Err(error) => return Err(damaged(error.to_string())),
        }
        body.pop();
        following.push(body);
    }
    let bodies: Vec<&[u8]> = following.iter().map(Vec::as_slice).collect();
    let hash = chain(previous, line.content.get().as_bytes(), &bodies);
    if line.number != number || line.previous != previous || line.hash != hash {
        return Err(damaged("the hash chain breaks here".to_owned()));
    }
    let mut entry: Entry = serde_json::from_str(line.content.get()).map_err(|error| damaged(error.to_string()))?;
    fill(&mut entry, following);
    Ok(Some((entry, hash)))
}

fn exchange_number(entry: &Entry) -> u64 {
    entry.exchange().map_or(0, |exchange| exchange.number)
}

fn bodies(entry: &Entry) -> Vec<&[u8]> {
    let Entry::Exchange(exchange) = entry else { return Vec::new() };
    let both = [Some(&exchange.request), exchange.answer.as_ref()];
    both.into_iter().flatten().filter_map(|message| raw(&message.body)).collect()
}

fn raw(body: &Body) -> Option<&[u8]> {
    match body {
        Body::Raw(bytes) => Some(bytes),
        Body::Withheld { .. } => None,
    }
}

fn fill(entry: &mut Entry, following: Vec<Vec<u8>>) {
    let Entry::Exchange(exchange) = entry else { return };
    let mut following = following.into_iter();
    let both = [Some(&mut exchange.request), exchange.answer.as_mut()];
    for message in both.into_iter().flatten() {
        if let Body::Raw(bytes) = &mut message.body {
            *bytes = following.next().unwrap_or_default();
        }
    }
}

fn chain(previous: &str, content: &[u8], bodies: &[&[u8]]) -> String {
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    context.update(previous.as_bytes());
    for part in std::iter::once(&content).chain(bodies) {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    hex(context.finish().as_ref())
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .map(char::from)
        .collect()
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn private(_: &mut OpenOptions) {}

#[cfg(test)]
mod tests {
    use super::{Journal, read_journal};
    use crate::domain::Operation;
    use crate::evidence::{Body, Caller, Entry, Exchange, RecordedMessage, ServiceTag};

    fn exchange(number: u64, body: &[u8]) -> Entry {
        let message = |start: &str, body: Body| RecordedMessage { start: start.into(), headers: vec![], body };
        Entry::Exchange(Box::new(Exchange {
            number,
            service: ServiceTag::of_id("archive"),
            lane: String::new(),
            received: jiff::Timestamp::UNIX_EPOCH,
            answered: jiff::Timestamp::UNIX_EPOCH,
            caller: Caller::default(),
            request: message("POST /archive", Body::Raw(body.to_vec())),
            answer: Some(message("200", Body::Withheld { bytes: 3, reason: "test".to_owned() })),
            operation: Operation::Store,
            persons: vec![],
            message_id: None,
            accepted: true,
            repeated: false,
            handed_out: vec![],
            refused_for: vec![],
            fault: None,
        }))
    }

    #[test]
    fn what_is_written_reads_back_and_goes_on() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("journal");
        let entries = [exchange(1, b"<a>\n\xff</a>"), exchange(2, b"")];
        let journal = Journal::create(&path, None).expect("create");
        journal.append(entries[0].clone()).expect("append");
        drop(journal);
        let journal = Journal::resume(&path, None).expect("resume");
        journal.append(entries[1].clone()).expect("append");
        assert_eq!(read_journal(&path).expect("read"), entries);
    }

    #[test]
    fn an_entry_cut_short_is_dropped_where_the_journal_goes_on() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("journal");
        let journal = Journal::create(&path, None).expect("create");
        journal.append(exchange(1, b"<a/>")).expect("append");
        let whole = std::fs::read(&path).expect("read");
        journal.append(exchange(2, b"<b>lost</b>")).expect("append");
        let both = std::fs::read(&path).expect("read");
        for cut in (whole.len() + 1..both.len()).step_by(61) {
            std::fs::write(&path, &both[..cut]).expect("write");
            let error = read_journal(&path).expect_err("cut short");
            assert!(error.to_string().contains("entry 2"), "{error}");
            let resumed = Journal::resume(&path, None).expect("resume");
            assert_eq!(resumed.last_exchange(), 1);
            resumed.append(exchange(2, b"<c/>")).expect("append");
            assert_eq!(read_journal(&path).expect("read"), [exchange(1, b"<a/>"), exchange(2, b"<c/>")]);
        }
    }

    #[test]
    fn a_changed_byte_is_found() {
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("journal");
        let journal = Journal::create(&path, None).expect("create");
        for number in 1..=3 {
            journal.append(exchange(number, b"<a>body</a>")).expect("append");
        }
        let bytes = std::fs::read(&path).expect("read");
        let at = bytes.windows(4).rposition(|window| window == b"body").expect("body");
        let mut changed = bytes.clone();
        changed[at] = b'B';
        std::fs::write(&path, changed).expect("write");
        let error = read_journal(&path).expect_err("damaged");
        assert!(error.to_string().contains("entry 3"), "{error}");
    }
}
