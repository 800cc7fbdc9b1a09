//! Reads a use log in any form, element by element: a file of any size needs the memory of a few entries.

use std::cell::Cell;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use serde_json::Value;

use super::utf16::Utf16;
use crate::files::{FileError, read_start};
use crate::rule::use_log::LogJudge;
use crate::source::{Diagnostics, Position};
use crate::wire::json::{Json, JsonPiece, JsonShape, Splitter};
use crate::wire::use_log::{CsvFault, Encoding, ExportedLog, LogDamage, LogElement, LogForm, Mapping, read_csv};

const CHUNK: usize = 2 * 1024 * 1024;
/// Chunks that are read ahead while others are judged.
const AHEAD: usize = 2;
/// So many entries at least are judged at once, so that the processors share the work.
const BATCH: usize = 512;
/// Longest entry.
const LONGEST: usize = 1024 * 1024;
const MARK: &[u8] = b"\xEF\xBB\xBF";
const START: Position = Position { line: 1, column: 1 };

/// Why a log cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LogFileError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// Its columns are not those of the mapping.
    #[error("{0}")]
    Columns(Diagnostics),
}

/// Hands every element of the log at `path` to the judge.
///
/// # Errors
/// When the log cannot be read.
pub fn judge_log(path: &Path, form: &LogForm, judge: &mut LogJudge<'_>) -> Result<(), LogFileError> {
    read_log(path, form, &mut |elements| judge.elements(elements, form.is_of_events()))
}

/// Hands on what stands in the log at `path`, several elements at once.
///
/// # Errors
/// When the file cannot be read, or a column of the mapping is not there.
fn read_log(path: &Path, form: &LogForm, each: &mut dyn FnMut(Vec<LogElement>)) -> Result<(), LogFileError> {
    let unreadable = |cause| FileError::Unreadable { path: path.to_owned(), cause };
    if let Some(piece) = one_event(path, form)? {
        each(vec![LogElement::Piece(piece)]);
        return Ok(());
    }
    let file = File::open(path).map_err(unreadable)?;
    match form {
        LogForm::Canonical(shape) | LogForm::AuditEvents(shape) => {
            let mut file = Utf16::new(file).map_err(unreadable)?;
            if file.is_utf16() {
                each(vec![LogElement::Damage(START, LogDamage::Utf16)]);
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
fn one_event(path: &Path, form: &LogForm) -> Result<Option<JsonPiece>, FileError> {
    if !matches!(form, LogForm::AuditEvents(JsonShape::Lines)) {
        return Ok(None);
    }
    let bytes = read_start(path, LONGEST as u64)?;
    let text = std::str::from_utf8(&bytes).ok().filter(|text| text.trim_end().contains('\n'));
    let is_one = text.is_some_and(|text| Json::read(text.trim_end(), usize::from(u8::MAX)).is_some());
    Ok(is_one.then_some(JsonPiece { bytes, line: 1, column: 1, is_whole: true }))
}

/// Reads and cuts on a thread of its own while the elements before are judged.
fn pieces(file: &mut (impl Read + Send), shape: JsonShape, each: &mut dyn FnMut(Vec<LogElement>)) -> io::Result<()> {
    let (give, take) = mpsc::sync_channel(AHEAD);
    thread::scope(|scope| {
        let reading = scope.spawn(move || cut(file, shape, &give));
        take.iter().for_each(each);
        reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn cut(file: &mut impl Read, shape: JsonShape, give: &mpsc::SyncSender<Vec<LogElement>>) -> io::Result<()> {
    // Who judges takes everything: nobody stops half-way.
    let each = |batch: Vec<LogElement>| give.send(batch).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe));
    let mut splitter = Splitter::new(shape, LONGEST);
    let (mut chunk, mut batch, mut last, mut is_first) = (vec![0; CHUNK], Vec::new(), START, true);
    loop {
        let length = file.read(&mut chunk)?;
        if length == 0 {
            break;
        }
        let bytes = &chunk[..length];
        let bytes = if std::mem::take(&mut is_first) { bytes.strip_prefix(MARK).unwrap_or(bytes) } else { bytes };
        splitter.feed(bytes, &mut |piece| batch.push(LogElement::Piece(piece)));
        if batch.len() >= BATCH {
            last = position(&batch).unwrap_or(last);
            each(std::mem::take(&mut batch))?;
        }
    }
    let is_closed = splitter.end(&mut |piece| batch.push(LogElement::Piece(piece)));
    if !is_closed {
        let last = position(&batch).unwrap_or(last);
        batch.push(LogElement::Unclosed(last, LogDamage::OpenArray));
    }
    each(batch)
}

/// Where the last element stands.
fn position(batch: &[LogElement]) -> Option<Position> {
    batch.last().map(LogElement::position)
}

/// Hands on the rows, each when the next one is there: the last may be half written.
fn rows(file: File, mapping: &Mapping, each: &mut dyn FnMut(Vec<LogElement>)) -> Result<(), CsvFault> {
    let (mut held, last) = (None, Cell::new(b'\n'));
    let mut row = |line: u32, entry: Result<Value, LogDamage>| {
        let at = Position { line, column: 1 };
        let element = match entry {
            Ok(entry) => LogElement::Entry(at, entry),
            Err(damage) => LogElement::Damage(at, damage),
        };
        each(held.replace(element).into_iter().collect());
    };
    match mapping.encoding {
        Encoding::Latin1 => read_csv(Watched(file, &last), mapping, &mut |it| row(it.line, it.entry))?,
        Encoding::Unicode => {
            let mut source = Utf16::new(file)?;
            let mut start = Vec::new();
            source.by_ref().take(MARK.len() as u64).read_to_end(&mut start)?;
            let start = if start == MARK { Vec::new() } else { start };
            let source = Watched(io::Cursor::new(start).chain(source), &last);
            read_csv(source, mapping, &mut |it| row(it.line, it.entry))?;
        }
    }
    let end = held.map(|element| match element {
        LogElement::Damage(at, damage) if last.get() != b'\n' => LogElement::Unclosed(at, damage),
        whole => whole,
    });
    each(end.into_iter().collect());
    Ok(())
}

/// A source and the last byte that it gave.
struct Watched<'a, R>(R, &'a Cell<u8>);

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.0.read(out)?;
        if let Some(last) = out[..length].last() {
            self.1.set(*last);
        }
        Ok(length)
    }
}

/// The log at `path`, at most `most` of its last elements.
///
/// # Errors
/// Why the file cannot be read.
pub(crate) fn exported(path: &Path, form: &LogForm, most: usize) -> Result<ExportedLog, String> {
    let (mut elements, mut before) = (VecDeque::new(), 0);
    let read = read_log(path, form, &mut |more| {
        elements.extend(more);
        before += elements.drain(..elements.len().saturating_sub(most)).count() as u64;
    });
    read.map_err(|error| error.to_string())?;
    let (shape, is_of_events) = (form.shape(), form.is_of_events());
    Ok(ExportedLog { shape, is_of_events, before, continues: false, elements: elements.into() })
}

#[cfg(test)]
mod tests {
    use super::{LogElement, LogForm, Mapping, exported};
    use crate::check::log_form;
    use crate::source::{Position, SourceFile};

    /// The log that stands in a file as `text`; the mapping is of CSV.
    fn read(text: &str, is_csv: bool) -> Vec<LogElement> {
        let file = tempfile::NamedTempFile::new().expect("file");
        std::fs::write(file.path(), text).expect("write");
        let mapping = || Mapping::read(&SourceFile::new("m.toml", "[entry]\ntime = \"a\"\naction = \"b\"\n"));
        let mapping = is_csv.then(|| Box::new(mapping().unwrap_or_else(|mistakes| panic!("{mistakes}"))));
        let form = mapping.map(LogForm::Csv).map_or_else(|| log_form(file.path()), Ok).expect("form");
        let log = exported(file.path(), &form, 2).expect("log");
        assert!(log.elements.len() <= 2, "{text}");
        log.elements
    }

    #[test]
    fn only_the_end_of_a_file_is_half() {
        for (text, is_csv, half) in [
            ("a,b\n1,read\n2", true, true),
            ("a,b\n1,read\n2\n", true, false),
            ("a,b\n2\n1,read", true, false),
            ("{\"time\": 1}\n{\"time\"", false, true),
            ("{\"time\": 1}\n{\"time\"\n", false, false),
            ("{\"time\": 1}\n{\"time\": 2}", false, false),
            ("[{\"time\": 1},\n{\"time\": 2}", false, true),
            ("[{\"time\": 1},\n{\"time\": 2}]", false, false),
        ] {
            let elements = read(text, is_csv);
            assert_eq!(elements.last().is_some_and(LogElement::is_half), half, "{text}");
        }
    }

    #[test]
    fn the_last_elements_are_kept() {
        let elements = read("{\"time\": 1}\n{\"time\": 2}\n{\"time\": 3}\n", false);
        let lines: Vec<u32> = elements.iter().map(|element| element.position().line).collect();
        assert_eq!(lines, [2, 3]);
        let at = Position { line: 3, column: 1 };
        assert_eq!(read("a,b\n1,read\n1\n", true)[1].position(), at);
    }
}
