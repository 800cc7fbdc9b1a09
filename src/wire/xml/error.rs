//! Why a message or a document could not be read.

use crate::wire::{Part, Spot};

/// How much of foreign input is read before it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadLimits {
    /// Bytes of the whole text.
    pub bytes: usize,
    /// Levels of elements inside one another.
    pub depth: usize,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self { bytes: 10 * 1024 * 1024, depth: 128 }
    }
}

/// A reading error with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct ReadError {
    /// What is wrong.
    pub kind: ReadErrorKind,
    /// Where; the path is empty where no element is known.
    pub spot: Spot,
}

/// What is wrong with a text that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadErrorKind {
    /// More bytes than [`ReadLimits::bytes`].
    #[error("{bytes} bytes are more than the {limit} allowed")]
    TooLarge {
        /// Bytes that came.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// Not UTF-8, or declared as something else.
    #[error("the encoding is not UTF-8: {0}")]
    Encoding(String),
    /// A document type declaration.
    #[error("a document type declaration is not allowed")]
    Doctype,
    /// Deeper than [`ReadLimits::depth`].
    #[error("elements are nested deeper than {limit} levels")]
    TooDeep {
        /// Levels allowed.
        limit: usize,
    },
    /// More attributes or namespace declarations than any message needs.
    #[error("more than {limit} {what}")]
    TooMany {
        /// What there is too much of, in the plural.
        what: &'static str,
        /// How many are allowed.
        limit: usize,
    },
    /// Not well-formed XML.
    #[error("not well-formed XML: {0}")]
    NotWellFormed(String),
    /// Neither a SOAP envelope nor an HL7 v3 message, or an envelope out of shape.
    #[error("no SOAP message: {0}")]
    NotSoap(String),
    /// The SOAP body is empty.
    #[error("the SOAP body holds no message")]
    NoMessage,
    /// The document's root is not `ClinicalDocument` of `urn:hl7-org:v3`.
    #[error("no CDA document: the root element is {0}")]
    NotCda(String),
}

impl ReadErrorKind {
    /// The error in `part` at byte `offset`.
    pub(crate) fn at(self, part: Part, offset: usize) -> ReadError {
        ReadError { kind: self, spot: Spot::at(part, "", offset) }
    }
}
