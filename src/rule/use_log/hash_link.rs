//! What an entry tells of its place in the chain of hashes.

use std::fmt;

use crate::wire::json::{Json, canonical_of};

/// The only algorithm whose hashes can be made again.
const ALGORITHM: &str = "SHA-256";
/// Bytes of its hashes.
const LENGTH: usize = 32;

/// What an entry tells of its place in the chain of hashes.
#[derive(Debug)]
pub(super) enum HashLink {
    /// Nothing.
    None,
    /// Hashes of an algorithm that is not known.
    Unknown(String),
    /// These hashes.
    Hashed {
        /// The one that it names for the entry before.
        previous: Option<StatedHash>,
        /// The one that it names for itself.
        stated: Option<StatedHash>,
        /// The one that it has.
        made: Option<StatedHash>,
    },
}

/// A hash as an entry states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StatedHash {
    /// In hexadecimal digits, as it should be.
    Bytes([u8; LENGTH]),
    /// Another text.
    Other(String),
}

impl StatedHash {
    fn of(text: &str) -> Self {
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let mut bytes = [0; LENGTH];
        let is_hash = text.len() == 2 * LENGTH
            && bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)).all(|(byte, pair)| {
                let value = digit(pair[0]).zip(digit(pair[1])).map(|(high, low)| high << 4 | low);
                *byte = value.unwrap_or_default();
                value.is_some()
            });
        if is_hash { Self::Bytes(bytes) } else { Self::Other(text.to_owned()) }
    }
}

impl fmt::Display for StatedHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => bytes.iter().try_for_each(|byte| write!(out, "{byte:02x}")),
            Self::Other(text) => out.write_str(text),
        }
    }
}

impl HashLink {
    /// The link of this entry. The hash is SHA-256 of its canonical JSON without its own hash.
    pub fn of(json: &Json<'_>) -> Self {
        let stated = |pointer: &str| json.at(pointer).and_then(Json::as_text);
        match stated("/integrity/algorithm") {
            None => Self::None,
            Some(ALGORITHM) => Self::Hashed {
                previous: stated("/integrity/previous").map(StatedHash::of),
                stated: stated("/integrity/hash").map(StatedHash::of),
                made: canonical_of(json, ("integrity", "hash"))
                    .ok()
                    .and_then(|bytes| ring::digest::digest(&ring::digest::SHA256, &bytes).as_ref().try_into().ok())
                    .map(StatedHash::Bytes),
            },
            Some(other) => Self::Unknown(other.to_owned()),
        }
    }
}
