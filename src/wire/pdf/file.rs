//! The file as a whole: header, end, and the streams in it with what stands between them.

use std::cell::Cell;
use std::fmt;

use memchr::memmem;

use super::token::Tokens;
use crate::words::{Said, said};

/// Most bytes that all streams of one file may have together once they are inflated.
const MOST_INFLATED: usize = 16 * 1024 * 1024;
/// Most streams of one file.
const MOST_STREAMS: usize = 20_000;
/// Most objects of one file.
pub(super) const MOST_OBJECTS: usize = 100_000;
/// The end of the file stands within so many bytes from its last.
const TAIL: usize = 1024;

/// Why bytes are no PDF file that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// The first bytes are others.
    Header,
    /// It breaks off, or something else follows.
    End,
    /// More than any document needs.
    Streams,
    /// More than any document needs.
    Objects,
    /// Streams that grow beyond all measure.
    Inflated,
    /// The trailer leads to no catalog.
    Catalog,
}

impl PdfError {
    /// The same, to be told in any language.
    pub fn said(self) -> Said {
        match self {
            Self::Header => said::no_pdf_at_the_first_byte(),
            Self::End => said::no_startxref_and_eof_at_the_end(),
            Self::Streams => said::more_than_streams(MOST_STREAMS),
            Self::Objects => said::more_than_objects(MOST_OBJECTS),
            Self::Inflated => said::streams_of_more_than_bytes(MOST_INFLATED),
            Self::Catalog => said::no_catalog_that_the_trailer_names(),
        }
    }
}

/// In English, for logs.
impl fmt::Display for PdfError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(formatter)
    }
}

/// A stream with the dictionary before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stream<'a> {
    /// What stands between the stream before and this one; its dictionary is the last thing there.
    pub before: &'a [u8],
    /// The bytes as they are written.
    pub data: &'a [u8],
}

/// A file cut into its streams.
#[derive(Debug)]
pub(super) struct PdfFile<'a> {
    pub streams: Vec<Stream<'a>>,
    /// What follows the last stream.
    pub rest: &'a [u8],
    left: Cell<usize>,
}

impl<'a> PdfFile<'a> {
    /// Cuts `bytes`, whatever they are.
    ///
    /// # Errors
    /// `Streams`.
    pub fn cut(bytes: &'a [u8]) -> Result<Self, PdfError> {
        let mut file = Self { streams: Vec::new(), rest: bytes, left: Cell::new(MOST_INFLATED) };
        while let Some((stream, rest)) = first_stream(file.rest) {
            if file.streams.len() == MOST_STREAMS {
                return Err(PdfError::Streams);
            }
            file.streams.push(stream);
            file.rest = rest;
        }
        Ok(file)
    }

    /// What stands outside of streams.
    pub fn outside(&self) -> impl Iterator<Item = &'a [u8]> {
        self.streams.iter().map(|stream| stream.before).chain([self.rest])
    }

    /// The bytes of a stream that is deflated; nothing where it is not, or is broken.
    ///
    /// # Errors
    /// `Inflated` when all streams asked for so far grow beyond the bound.
    pub fn inflated(&self, stream: &Stream<'_>) -> Result<Option<Vec<u8>>, PdfError> {
        use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};
        if !stream.has_name("FlateDecode") && !stream.has_name("Fl") {
            return Ok(None);
        }
        let data = match decompress_to_vec_zlib_with_limit(stream.data, self.left.get()) {
            Ok(data) => data,
            Err(error) if error.status == TINFLStatus::HasMoreOutput => return Err(PdfError::Inflated),
            // What came out before the fault is what a lenient reader would show.
            Err(error) => error.output,
        };
        self.left.set(self.left.get() - data.len().min(self.left.get()));
        Ok(Some(data))
    }
}

impl<'a> Stream<'a> {
    /// Its dictionary, and what of its object stands before it.
    pub fn dictionary(&self) -> &'a [u8] {
        let start = memmem::rfind(self.before, b"obj").map_or(0, |at| at + 3);
        &self.before[start..]
    }

    /// Whether the dictionary has this name as a key or a value.
    pub fn has_name(&self, name: &str) -> bool {
        Tokens::of(self.dictionary()).any(|token| token.is_name(name))
    }
}

const HEADER: &[u8] = b"%PDF-";
/// Where readers of PDF still look for the header, though it belongs at the first byte (ISO 19005-1, 6.1.2).
const LATEST_HEADER: usize = 1024;

/// Whether `bytes` begin as a PDF file does.
pub(crate) fn looks_like_pdf(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(LATEST_HEADER)];
    let is_markup = start.trim_ascii_start().starts_with(b"<");
    bytes.starts_with(HEADER) || (!is_markup && memmem::find(start, HEADER).is_some())
}

/// Checks header and end.
pub(super) fn check_frame(bytes: &[u8]) -> Result<(), PdfError> {
    if !bytes.starts_with(HEADER) {
        return Err(PdfError::Header);
    }
    let tail = &bytes[bytes.len().saturating_sub(TAIL)..];
    let end = memmem::rfind(tail, b"%%EOF").ok_or(PdfError::End)?;
    let start = memmem::rfind(&tail[..end], b"startxref").ok_or(PdfError::End)?;
    let offset = Tokens::of(&tail[start..end]).nth(1).and_then(|token| token.number());
    let is_inside = offset.is_some_and(|offset| (offset as usize) < bytes.len());
    if is_inside && tail[end + 5..].trim_ascii().is_empty() { Ok(()) } else { Err(PdfError::End) }
}

/// The first stream of `bytes` and what follows it.
fn first_stream(bytes: &[u8]) -> Option<(Stream<'_>, &[u8])> {
    let mut from = 0;
    loop {
        let at = from + memmem::find(&bytes[from..], b"stream")?;
        let body = &bytes[at + b"stream".len()..];
        from = at + b"stream".len();
        // The keyword ends a dictionary and a line; otherwise it is a word of some text.
        let line_end = match body {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => continue,
        };
        if !bytes[..at].trim_ascii_end().ends_with(b">>") {
            continue;
        }
        let body = &body[line_end..];
        let length = memmem::find(body, b"endstream")?;
        let (data, rest) = body.split_at(length);
        return Some((Stream { before: &bytes[..at], data }, &rest[b"endstream".len()..]));
    }
}
