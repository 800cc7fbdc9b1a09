//! A use log in a file, read in chunks: a file of any size needs the memory of a few entries.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::files::{CheckError, Checked};
use super::utf16::Utf16;
use crate::cli::files::FileError;
use crate::rule::use_log::FileJudge;
use crate::rule::{Catalogue, Finding, Strictness};
use crate::source::Position;
use crate::wire::Part;
use crate::wire::json::{Piece, Shape, Splitter};

const CHUNK: usize = 64 * 1024;
/// Longest entry.
const LONGEST: usize = 1024 * 1024;
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// What the rules find in the log at `path`.
pub(super) fn checked(
    path: &Path,
    shape: Shape,
    catalogue: &Catalogue,
    strictness: Strictness,
) -> Result<(Checked, Vec<Finding>), CheckError> {
    let unreadable = |cause| FileError::Unreadable { path: path.to_owned(), cause };
    let mut judge = FileJudge::new(catalogue, strictness);
    let mut file = Utf16::new(File::open(path).map_err(unreadable)?).map_err(unreadable)?;
    if file.is_utf16() {
        judge.damage(Position { line: 1, column: 1 }, "UTF-8", "UTF-16");
    }
    read(&mut file, shape, &mut judge).map_err(unreadable)?;
    let judged = judge.finish();
    let checked = Checked {
        frame: path.to_owned(),
        document: None,
        operation: None,
        part: Part::UseLog,
        entries: Some(judged.entries),
        counts: judged.counts,
    };
    Ok((checked, judged.findings))
}

fn read(file: &mut impl Read, shape: Shape, judge: &mut FileJudge<'_>) -> std::io::Result<()> {
    let mut splitter = Splitter::new(shape, LONGEST);
    let (mut chunk, mut number, mut last, mut is_first) =
        (vec![0; CHUNK], 0_u64, Position { line: 1, column: 1 }, true);
    let mut each = |piece: Piece| {
        let pointer = match shape {
            Shape::Lines => String::new(),
            Shape::Array => format!("/{number}"),
            Shape::Member(name) => format!("/{name}/{number}"),
        };
        judge.piece(&piece, &pointer);
        number += 1;
        last = Position { line: piece.line, column: piece.column };
    };
    loop {
        let length = file.read(&mut chunk)?;
        if length == 0 {
            break;
        }
        let bytes = &chunk[..length];
        splitter.feed(
            if std::mem::take(&mut is_first) { bytes.strip_prefix(MARK).unwrap_or(bytes) } else { bytes },
            &mut each,
        );
    }
    if !splitter.end(&mut each) {
        judge.damage(last, "an array that is closed after this entry", "the end of the file");
    }
    Ok(())
}
