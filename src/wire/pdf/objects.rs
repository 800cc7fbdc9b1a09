//! The objects of a file, by number: those that stand open and those that are packed into object streams.

use std::borrow::Cow;
use std::collections::BTreeMap;

use memchr::memmem;

use super::file::{MOST_OBJECTS, PdfError, PdfFile, Stream};
use super::token::Tokens;

/// Most objects of one object stream that are looked at.
const MOST_PACKED: usize = 10_000;

/// An object: its dictionary, and its stream where it has one.
#[derive(Debug)]
pub(super) struct Object<'a> {
    pub text: Cow<'a, [u8]>,
    pub stream: Option<Stream<'a>>,
}

/// Every object of a file; of several with one number the last.
#[derive(Debug, Default)]
pub(super) struct Objects<'a> {
    by_number: BTreeMap<u32, Object<'a>>,
    /// Texts of object streams.
    packed: Vec<Vec<u8>>,
}

impl<'a> Objects<'a> {
    /// The objects of `file`.
    ///
    /// # Errors
    /// `Inflated`, `Objects`.
    pub fn of(file: &PdfFile<'a>) -> Result<Self, PdfError> {
        let mut objects = Self::default();
        for stream in &file.streams {
            objects.add_open(stream.before, Some(*stream))?;
            if stream.has_name("ObjStm") {
                objects.add_packed(stream, file.inflated(stream)?.unwrap_or_else(|| stream.data.to_vec()))?;
            }
        }
        objects.add_open(file.rest, None)?;
        Ok(objects)
    }

    /// The object with this number.
    pub fn get(&self, number: u32) -> Option<&Object<'a>> {
        self.by_number.get(&number)
    }

    /// The texts of all object streams.
    pub fn packed(&self) -> impl Iterator<Item = &[u8]> {
        self.packed.iter().map(Vec::as_slice)
    }

    /// The objects that begin in `text`. The last of them has the stream that follows it.
    fn add_open(&mut self, text: &'a [u8], stream: Option<Stream<'a>>) -> Result<(), PdfError> {
        let starts: Vec<(u32, usize)> =
            memmem::find_iter(text, b" obj").filter_map(|at| Some((number_before(&text[..at])?, at + 4))).collect();
        for (place, (number, start)) in starts.iter().enumerate() {
            let end = starts.get(place + 1).map_or(text.len(), |(_, next)| *next);
            let is_last = place + 1 == starts.len();
            let object = Object { text: Cow::Borrowed(&text[*start..end]), stream: stream.filter(|_| is_last) };
            self.add(*number, object)?;
        }
        Ok(())
    }

    fn add(&mut self, number: u32, object: Object<'a>) -> Result<(), PdfError> {
        self.by_number.insert(number, object);
        if self.by_number.len() > MOST_OBJECTS { Err(PdfError::Objects) } else { Ok(()) }
    }

    fn add_packed(&mut self, stream: &Stream<'_>, text: Vec<u8>) -> Result<(), PdfError> {
        let dictionary = stream.dictionary();
        let first = value_of(dictionary, "First").unwrap_or_default() as usize;
        let count = (value_of(dictionary, "N").unwrap_or_default() as usize).min(MOST_PACKED);
        let heads: Vec<u32> = Tokens::of(&text).map_while(|token| token.number()).take(2 * count).collect();
        let starts: Vec<(u32, usize)> =
            heads.chunks_exact(2).map(|pair| (pair[0], first.saturating_add(pair[1] as usize))).collect();
        for (place, (number, start)) in starts.iter().enumerate() {
            let end = starts.get(place + 1).map_or(text.len(), |(_, next)| *next);
            if let Some(own) = text.get(*start..end.min(text.len())) {
                self.add(*number, Object { text: Cow::Owned(own.to_vec()), stream: None })?;
            }
        }
        self.packed.push(text);
        Ok(())
    }
}

/// The number of the object whose generation `text` ends with.
fn number_before(text: &[u8]) -> Option<u32> {
    let tail = &text[text.len().saturating_sub(24)..];
    let mut words = tail.rsplit(|byte| byte.is_ascii_whitespace() || *byte == b'>' || *byte == b'j');
    let generation = words.next().filter(|word| !word.is_empty() && word.iter().all(u8::is_ascii_digit));
    generation.and(words.next()).and_then(|word| std::str::from_utf8(word).ok()?.parse().ok())
}

/// The number that stands behind the key `name`.
fn value_of(dictionary: &[u8], name: &str) -> Option<u32> {
    let mut tokens = Tokens::of(dictionary).skip_while(|token| !token.is_name(name));
    tokens.nth(1)?.number()
}

/// The object to which the key `name` refers, the last one where the text has several.
pub(super) fn reference(text: &[u8], name: &str) -> Option<u32> {
    let mut found = None;
    let mut tokens = Tokens::of(text);
    while tokens.any(|token| token.is_name(name)) {
        let number = tokens.next().and_then(|token| token.number());
        let refers = tokens.next().is_some_and(|token| token.number().is_some());
        if refers && tokens.next().is_some_and(|token| token.is_word(b"R")) {
            found = number.or(found);
        }
    }
    found
}
