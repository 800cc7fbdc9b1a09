//! A log in CSV, row by row: one of any length needs the memory of a row.

use std::cell::{Cell, RefCell};
use std::io::{self, Read};
use std::rc::Rc;

use csv::{ByteRecord, ReaderBuilder};
use serde_json::Value;

use super::LogDamage;
use super::line_index::LineIndex;
use super::mapping::{Encoding, Layout, Mapping};
use crate::source::Diagnostics;

/// Longest row, in bytes: a quote that is never closed takes the rest of the file with it.
const LONGEST: u64 = 4 * 1024 * 1024;

/// A row of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Line on which it starts, from 1.
    pub line: u32,
    /// The entry, or why it is none.
    pub entry: Result<Value, LogDamage>,
}

/// Why a log cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CsvFault {
    /// Its columns are not those of the mapping.
    #[error("{0}")]
    Columns(Diagnostics),
    /// The source said no.
    #[error(transparent)]
    Source(#[from] io::Error),
}

/// Gives every row of `source` as `mapping` reads it. The first row names the columns.
///
/// # Errors
/// A column that is not there, or what the source said.
pub fn read_csv(source: impl Read, mapping: &Mapping, each: &mut dyn FnMut(Row)) -> Result<(), CsvFault> {
    let room = Rc::new(Cell::new(LONGEST));
    let lines = Rc::new(RefCell::new(LineIndex::new()));
    let source = Bounded { source, room: Rc::clone(&room), lines: Rc::clone(&lines) };
    let mut reader = ReaderBuilder::new()
        .delimiter(mapping.separator)
        .quote(mapping.quote)
        .flexible(true)
        .has_headers(false)
        .from_reader(source);
    let mut record = ByteRecord::new();
    let mut layout: Option<(Layout<'_>, usize)> = None;
    loop {
        room.set(LONGEST);
        let before = reader.position().byte();
        let line = || lines.borrow_mut().line_from(before);
        match reader.read_byte_record(&mut record) {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            Err(error) => return broken(error, line(), each),
        }
        match (&layout, fields(&record, mapping.encoding)) {
            (None, fields) => {
                let header = fields.unwrap_or_default();
                layout = Some((mapping.layout(&header).map_err(CsvFault::Columns)?, header.len()));
            }
            (Some((layout, columns)), fields) => {
                each(Row { line: line(), entry: entry(layout, *columns, fields) });
            }
        }
    }
}

/// What is left after a row that is too long cannot be told apart any more.
fn broken(error: csv::Error, line: u32, each: &mut dyn FnMut(Row)) -> Result<(), CsvFault> {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            each(Row { line, entry: Err(LogDamage::LongRow(LONGEST)) });
            Ok(())
        }
        csv::ErrorKind::Io(error) => Err(error.into()),
        other => Err(io::Error::other(format!("{other:?}")).into()),
    }
}

fn entry(layout: &Layout<'_>, columns: usize, fields: Result<Vec<String>, LogDamage>) -> Result<Value, LogDamage> {
    let fields = fields?;
    if fields.len() == columns {
        Ok(layout.entry(&fields))
    } else {
        Err(LogDamage::Fields { expected: columns, found: fields.len() })
    }
}

fn fields(record: &ByteRecord, encoding: Encoding) -> Result<Vec<String>, LogDamage> {
    let text = |field: &[u8]| match encoding {
        Encoding::Latin1 => Ok(field.iter().map(|byte| char::from(*byte)).collect()),
        Encoding::Unicode => std::str::from_utf8(field)
            .map(str::to_owned)
            .map_err(|error| LogDamage::Byte(field.get(error.valid_up_to()).copied().unwrap_or_default())),
    };
    record.iter().map(text).collect()
}

/// A source of which one row can take only so much.
struct Bounded<R> {
    source: R,
    room: Rc<Cell<u64>>,
    lines: Rc<RefCell<LineIndex>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.room.get() == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let length = self.source.read(out)?;
        self.lines.borrow_mut().pass(&out[..length]);
        self.room.set(self.room.get().saturating_sub(length as u64));
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::{LogDamage, Row, read_csv};
    use crate::source::SourceFile;
    use crate::wire::use_log::Mapping;

    fn rows(head: &str, bytes: &[u8]) -> Vec<Row> {
        let text = format!("{head}[entry]\naction = \"a\"\n\"user.name\" = \"b\"\n");
        let mapping = Mapping::read(&SourceFile::new("m.toml", text)).expect("mapping");
        let mut rows = Vec::new();
        read_csv(bytes, &mapping, &mut |row| rows.push(row)).expect("read");
        rows
    }

    #[test]
    fn broken_rows_are_told_and_the_rest_is_read() {
        let rows = rows("csv.separator = \";\"\n", b"a;b\nread;\"x\ny\"\nread\n\xE4;z\nread;\xC3\xA4\n");
        let told: Vec<(u32, bool)> = rows.iter().map(|row| (row.line, row.entry.is_ok())).collect();
        assert_eq!(told, [(2, true), (4, false), (5, false), (6, true)]);
        assert_eq!(rows[0].entry.as_ref().expect("entry")["user"]["name"], "x\ny");
        assert_eq!(rows[2].entry.as_ref().expect_err("byte"), &LogDamage::Byte(0xE4));
    }

    #[test]
    fn lines_are_counted_over_empty_ones_and_any_line_end() {
        for (text, expected) in [
            ("a;b\r\nread;x\r\n\r\n\r\nread\r\n", [2, 5]),
            ("a;b\n\n\nread;x\nread\n", [4, 5]),
            ("a;b\rread;x\r\rread", [2, 4]),
            ("\n\na;b\r\n\"re\r\nad\";x\r\nread", [4, 6]),
        ] {
            let lines: Vec<u32> = rows("csv.separator = \";\"\n", text.as_bytes()).iter().map(|row| row.line).collect();
            assert_eq!(lines, expected, "{text:?}");
        }
    }

    #[test]
    fn latin_1_is_read_where_the_mapping_says_so() {
        let rows = rows("csv.encoding = \"latin-1\"\n", b"a,b\nread,\xE4\n");
        assert_eq!(rows[0].entry.as_ref().expect("entry")["user"]["name"], "ä");
    }

    #[test]
    fn a_quote_that_is_never_closed_is_bounded() {
        let mut bytes = b"a,b\nread,\"".to_vec();
        bytes.resize(20_000_000, b'x');
        let rows = rows("", &bytes);
        assert!(rows.len() == 1 && rows[0].entry.is_err(), "{}", rows.len());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..80)) {
            let mut all = b"a,b\n".to_vec();
            all.extend(bytes);
            rows("", &all);
        }
    }
}
