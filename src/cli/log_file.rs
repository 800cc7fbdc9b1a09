//! Reads a use log in any form, element by element: a file of any size needs the memory of a few entries.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use serde_json::Value;

use super::check;
use super::exit_code::ExitCode;
use super::files::{FileError, read_start};
use super::utf16::Utf16;
use crate::source::{Diagnostics, Position};
use crate::wire::json::{Json, Piece, Shape, Splitter};
use crate::wire::use_log::{CsvFault, Encoding, Mapping, entry_of, read_csv};

const CHUNK: usize = 2 * 1024 * 1024;
/// Chunks that are read ahead while others are judged.
const AHEAD: usize = 2;
/// So many entries at least are judged at once, so that the processors share the work.
const BATCH: usize = 512;
/// Longest entry.
const LONGEST: usize = 1024 * 1024;
const MARK: &[u8] = b"\xEF\xBB\xBF";
const START: Position = Position { line: 1, column: 1 };

/// The form of a log.
#[derive(Debug, Clone)]
pub(super) enum LogForm {
    /// Canonical entries, which stand so.
    Canonical(Shape),
    /// AuditEvents of FHIR R4, which stand so.
    AuditEvents(Shape),
    /// CSV with a mapping.
    Csv(Box<Mapping>),
}

/// What stands in a log.
pub(super) enum Element {
    /// An element as it stands.
    Piece(Piece),
    /// An entry that a row tells.
    Entry(Position, Value),
    /// What is wrong: where, what is expected, and what came.
    Damage(Position, String, String),
}

/// Why a log cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum LogFileError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// Its columns are not those of the mapping.
    #[error("{0}")]
    Columns(Diagnostics),
}

impl LogFileError {
    /// How the program ends.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::File(_) => ExitCode::Configuration,
            Self::Columns(_) => ExitCode::Usage,
        }
    }
}

/// Hands on what stands in the log at `path`, several elements at once.
///
/// # Errors
/// When the file cannot be read, or a column of the mapping is not there.
pub(super) fn read_log(path: &Path, form: &LogForm, each: &mut dyn FnMut(Vec<Element>)) -> Result<(), LogFileError> {
    let unreadable = |cause| FileError::Unreadable { path: path.to_owned(), cause };
    if let Some(piece) = one_event(path, form)? {
        each(vec![Element::Piece(piece)]);
        return Ok(());
    }
    let file = File::open(path).map_err(unreadable)?;
    match form {
        LogForm::Canonical(shape) | LogForm::AuditEvents(shape) => {
            let mut file = Utf16::new(file).map_err(unreadable)?;
            if file.is_utf16() {
                each(vec![Element::Damage(START, "UTF-8".to_owned(), "UTF-16".to_owned())]);
            }
            Ok(pieces(&mut file, *shape, each).map_err(unreadable)?)
        }
        LogForm::Csv(mapping) => rows(file, mapping, each).map_err(|fault| match fault {
            CsvFault::Columns(mistakes) => LogFileError::Columns(mistakes),
            CsvFault::Source(cause) => unreadable(cause).into(),
        }),
    }
}

/// A file that holds one AuditEvent, over as many lines as it likes.
fn one_event(path: &Path, form: &LogForm) -> Result<Option<Piece>, FileError> {
    if !matches!(form, LogForm::AuditEvents(Shape::Lines)) {
        return Ok(None);
    }
    let bytes = read_start(path, LONGEST as u64)?;
    let text = std::str::from_utf8(&bytes).ok().filter(|text| text.trim_end().contains('\n'));
    let is_one = text.is_some_and(|text| Json::read(text.trim_end(), usize::from(u8::MAX)).is_some());
    Ok(is_one.then_some(Piece { bytes, line: 1, column: 1, is_whole: true }))
}

/// Reads and cuts on a thread of its own while the elements before are judged.
fn pieces(file: &mut (impl Read + Send), shape: Shape, each: &mut dyn FnMut(Vec<Element>)) -> io::Result<()> {
    let (give, take) = mpsc::sync_channel(AHEAD);
    thread::scope(|scope| {
        let reading = scope.spawn(move || cut(file, shape, &give));
        take.iter().for_each(each);
        reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn cut(file: &mut impl Read, shape: Shape, give: &mpsc::SyncSender<Vec<Element>>) -> io::Result<()> {
    // Who judges takes everything: nobody stops half-way.
    let each = |batch: Vec<Element>| give.send(batch).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe));
    let mut splitter = Splitter::new(shape, LONGEST);
    let (mut chunk, mut batch, mut last, mut is_first) = (vec![0; CHUNK], Vec::new(), START, true);
    loop {
        let length = file.read(&mut chunk)?;
        if length == 0 {
            break;
        }
        let bytes = &chunk[..length];
        let bytes = if std::mem::take(&mut is_first) { bytes.strip_prefix(MARK).unwrap_or(bytes) } else { bytes };
        splitter.feed(bytes, &mut |piece| batch.push(Element::Piece(piece)));
        if batch.len() >= BATCH {
            last = position(&batch).unwrap_or(last);
            each(std::mem::take(&mut batch))?;
        }
    }
    let is_closed = splitter.end(&mut |piece| batch.push(Element::Piece(piece)));
    if !is_closed {
        let last = position(&batch).unwrap_or(last);
        let expected = "an array that is closed after this entry".to_owned();
        batch.push(Element::Damage(last, expected, "the end of the file".to_owned()));
    }
    each(batch)
}

/// Where the last element stands.
fn position(batch: &[Element]) -> Option<Position> {
    match batch.last()? {
        Element::Piece(piece) => Some(Position { line: piece.line, column: piece.column }),
        Element::Entry(position, _) | Element::Damage(position, ..) => Some(*position),
    }
}

fn rows(file: File, mapping: &Mapping, each: &mut dyn FnMut(Vec<Element>)) -> Result<(), CsvFault> {
    let mut row = |line: u32, entry: Result<Value, (String, String)>| {
        let at = Position { line, column: 1 };
        each(vec![match entry {
            Ok(entry) => Element::Entry(at, entry),
            Err((expected, actual)) => Element::Damage(at, expected, actual),
        }]);
    };
    match mapping.encoding {
        Encoding::Latin1 => read_csv(file, mapping, &mut |it| row(it.line, it.entry)),
        Encoding::Unicode => {
            let mut source = Utf16::new(file)?;
            let mut start = Vec::new();
            source.by_ref().take(MARK.len() as u64).read_to_end(&mut start)?;
            let start = if start == MARK { Vec::new() } else { start };
            read_csv(io::Cursor::new(start).chain(source), mapping, &mut |it| row(it.line, it.entry))
        }
    }
}

/// The entries of the log at `path` as canonical ones, at most `most` of the last ones. What cannot be read
/// stands as a text, for the rules to tell.
///
/// # Errors
/// Why the file cannot be read.
pub(super) fn entries(path: &Path, mapping: Option<Box<Mapping>>, most: usize) -> Result<Vec<Value>, String> {
    let form = match mapping {
        Some(mapping) => LogForm::Csv(mapping),
        None => check::log_form(path).map_err(|error| error.to_string())?,
    };
    let are_events = matches!(form, LogForm::AuditEvents(_));
    let mut entries = VecDeque::new();
    let read = read_log(path, &form, &mut |elements| {
        entries.extend(elements.into_iter().filter_map(|element| entry(element, are_events)));
        entries.drain(..entries.len().saturating_sub(most));
    });
    read.map_err(|error| error.to_string())?;
    Ok(entries.into())
}

fn entry(element: Element, are_events: bool) -> Option<Value> {
    match element {
        Element::Piece(piece) => {
            let text = String::from_utf8_lossy(&piece.bytes);
            let json = serde_json::from_str(&text).unwrap_or_else(|_| Value::String(text.into_owned()));
            if are_events { event(&json) } else { Some(json) }
        }
        Element::Entry(_, entry) => Some(entry),
        Element::Damage(at, expected, actual) => {
            Some(Value::String(format!("line {}: expected {expected}, found {actual}", at.line)))
        }
    }
}

/// The entry that an AuditEvent tells, which may stand in an entry of a Bundle.
fn event(json: &Value) -> Option<Value> {
    let event = if json["resource"].is_null() { json } else { &json["resource"] };
    match event["resourceType"].as_str() {
        Some("AuditEvent") => Some(entry_of(event)),
        Some(_) => None,
        None => Some(json.clone()),
    }
}
