//! Why a message or a document could not be read.

use std::fmt;

use crate::wire::{Location, Part};
use crate::words::{Said, said};

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
    pub spot: Location,
}

/// What is wrong with a text that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadErrorKind {
    /// More bytes than [`ReadLimits::bytes`].
    TooLarge {
        /// Bytes that came.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// Not in the encoding that is told, or in one that is not known here.
    Encoding(Said),
    /// A document type declaration.
    Doctype,
    /// Deeper than [`ReadLimits::depth`].
    TooDeep {
        /// Levels allowed.
        limit: usize,
    },
    /// More attributes or namespace declarations than any message needs.
    TooMany {
        /// What there is too much of.
        what: Surplus,
        /// How many are allowed.
        limit: usize,
    },
    /// Not well-formed XML.
    NotWellFormed(Said),
    /// Neither a SOAP envelope nor an HL7 v3 message, or an envelope out of shape.
    NotSoap(Said),
    /// An envelope of this namespace, which is of no known version of SOAP.
    EnvelopeVersion(String),
    /// A header with this name must be understood, and is not.
    NotUnderstood(String),
    /// The SOAP body is empty.
    NoMessage,
    /// The document's root is not `ClinicalDocument` of `urn:hl7-org:v3`.
    NotCda(String),
}

/// What a text may have too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surplus {
    /// Attributes of one element.
    Attributes,
    /// Namespace declarations of the whole text.
    Namespaces,
    /// Signatures of one document.
    Signatures,
}

impl ReadError {
    /// The same, to be told in any language.
    pub fn said(&self) -> Said {
        self.kind.said()
    }
}

impl ReadErrorKind {
    /// The same, to be told in any language.
    pub fn said(&self) -> Said {
        match self {
            Self::TooLarge { bytes, limit } => said::bytes_are_more_than_the_allowed(*bytes, *limit),
            Self::Encoding(why) => said::the_encoding_cannot_be_undone(why.clone()),
            Self::Doctype => said::a_document_type_declaration_is_not_allowed(),
            Self::TooDeep { limit } => said::elements_are_nested_deeper_than_levels(*limit),
            Self::TooMany { what: Surplus::Attributes, limit } => said::more_than_attributes_of_one_element(*limit),
            Self::TooMany { what: Surplus::Namespaces, limit } => said::more_than_namespace_declarations(*limit),
            Self::TooMany { what: Surplus::Signatures, limit } => said::more_than_signatures(*limit),
            Self::NotWellFormed(why) => said::not_well_formed_xml(why.clone()),
            Self::NotSoap(why) => said::no_soap_message(why.clone()),
            Self::EnvelopeVersion(space) => said::an_envelope_of_an_unknown_version(space),
            Self::NotUnderstood(name) => said::a_header_that_is_not_understood(name),
            Self::NoMessage => said::the_soap_body_holds_no_message(),
            Self::NotCda(name) => said::no_cda_document_the_root_element_is(name),
        }
    }

    /// The error in `part` at byte `offset`.
    pub(crate) fn at(self, part: Part, offset: usize) -> ReadError {
        ReadError { kind: self, spot: Location::at(part, "", offset) }
    }
}

/// In English, for logs.
impl fmt::Display for ReadErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(formatter)
    }
}
