//! A use log in a file, read in chunks: a file of any size needs the memory of a few entries.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::files::{CheckError, Checked};
use super::utf16::Utf16;
use crate::cli::args::CheckArguments;
use crate::cli::files::FileError;
use crate::evidence::{Entry, read_journal};
use crate::rule::use_log::{Calls, FileJudge};
use crate::rule::{Catalogue, Finding, Strictness};
use crate::source::Position;
use crate::wire::Part;
use crate::wire::json::{Piece, Shape, Splitter};

const CHUNK: usize = 1024 * 1024;
/// So many entries at least are judged at once, so that the processors share the work.
const BATCH: usize = 512;
/// Longest entry.
const LONGEST: usize = 1024 * 1024;
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// What the rules find in the log.
pub(super) fn checked(
    arguments: &CheckArguments,
    shape: Shape,
    catalogue: &Catalogue,
    strictness: Strictness,
) -> Result<(Checked, Vec<Finding>), CheckError> {
    let calls = arguments.evidence.as_deref().map(calls).transpose()?;
    let mut judge = FileJudge::new(shape, catalogue, strictness);
    if let Some(calls) = &calls {
        judge = judge.with_calls(calls);
    }
    read_log(&arguments.frame, shape, &mut judge)?;
    let judged = judge.finish();
    let checked = Checked {
        frame: arguments.frame.clone(),
        document: None,
        operation: None,
        part: Part::UseLog,
        entries: Some(judged.entries),
        counts: judged.counts,
    };
    Ok((checked, judged.findings))
}

/// What Kanta saw, as the journal tells it.
fn calls(journal: &Path) -> Result<Calls, CheckError> {
    let entries = read_journal(journal).map_err(CheckError::Evidence)?;
    let exchanges = entries.iter().filter_map(|entry| match entry {
        Entry::Exchange(exchange) => Some(&**exchange),
        _ => None,
    });
    Ok(Calls::of(exchanges))
}

/// Hands every element of the log at `path` to the judge.
///
/// # Errors
/// When the file cannot be read.
pub(in crate::cli) fn read_log(path: &Path, shape: Shape, judge: &mut FileJudge<'_>) -> Result<(), FileError> {
    let unreadable = |cause| FileError::Unreadable { path: path.to_owned(), cause };
    let mut file = Utf16::new(File::open(path).map_err(unreadable)?).map_err(unreadable)?;
    if file.is_utf16() {
        judge.damage(Position { line: 1, column: 1 }, "UTF-8", "UTF-16");
    }
    read(&mut file, shape, judge).map_err(unreadable)
}

fn read(file: &mut impl Read, shape: Shape, judge: &mut FileJudge<'_>) -> std::io::Result<()> {
    let mut splitter = Splitter::new(shape, LONGEST);
    let (mut chunk, mut pieces, mut last, mut is_first) =
        (vec![0; CHUNK], Vec::<Piece>::new(), Position { line: 1, column: 1 }, true);
    loop {
        let length = file.read(&mut chunk)?;
        if length == 0 {
            break;
        }
        let bytes = &chunk[..length];
        let bytes = if std::mem::take(&mut is_first) { bytes.strip_prefix(MARK).unwrap_or(bytes) } else { bytes };
        splitter.feed(bytes, &mut |piece| pieces.push(piece));
        if pieces.len() >= BATCH {
            last = judged(&mut pieces, judge).unwrap_or(last);
        }
    }
    let is_closed = splitter.end(&mut |piece| pieces.push(piece));
    last = judged(&mut pieces, judge).unwrap_or(last);
    if !is_closed {
        judge.damage(last, "an array that is closed after this entry", "the end of the file");
    }
    Ok(())
}

/// Hands the pieces on and tells where the last one stands.
fn judged(pieces: &mut Vec<Piece>, judge: &mut FileJudge<'_>) -> Option<Position> {
    judge.pieces(pieces);
    let last = pieces.last().map(|piece| Position { line: piece.line, column: piece.column });
    pieces.clear();
    last
}
