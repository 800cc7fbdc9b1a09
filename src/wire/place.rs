//! Where in a message a value stands.

use std::borrow::Cow;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

/// The parts of an exchange that a place can be in. Offsets count in the text of the part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Request line, headers, connection.
    Http,
    /// The SOAP envelope with the HL7 v3 message.
    Frame,
    /// The CDA R2 document inside it.
    Document,
    /// The XHTML body of the document.
    DisplayForm,
    /// The JSON body of the document.
    Json,
    /// The FHIR Bundle.
    Bundle,
    /// The token of a FHIR request.
    Token,
    /// The use log of the vendor's system.
    UseLog,
    /// What the driver answered.
    Answer,
    /// What the archive holds afterwards.
    Archive,
}

impl Part {
    /// Whether places in it are JSON pointers.
    pub fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Bundle | Self::Token | Self::UseLog)
    }
}

/// A place: the part, an XPath or JSON pointer in it, and the byte offset where it is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Location {
    pub part: Part,
    /// XPath (XML parts), JSON pointer (JSON parts) or header name.
    pub path: Cow<'static, str>,
    /// Byte offset in the text of the part.
    pub offset: Option<usize>,
}

impl Location {
    /// A place known by path only.
    pub fn path(part: Part, path: impl Into<Cow<'static, str>>) -> Self {
        Self { part, path: path.into(), offset: None }
    }

    /// A place known to the byte.
    pub fn at(part: Part, path: impl Into<Cow<'static, str>>, offset: usize) -> Self {
        Self { part, path: path.into(), offset: Some(offset) }
    }

    /// The place of a child that is not there: this one's, with one more step.
    #[must_use]
    pub fn child(&self, step: &str) -> Self {
        Self { part: self.part, path: format!("{}/{step}", self.path).into(), offset: self.offset }
    }
}

/// A value and where it stood.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LocatedValue<T> {
    pub value: T,
    pub spot: Location,
}

impl<T> LocatedValue<T> {
    /// `value` at `spot`.
    pub fn new(value: T, spot: Location) -> Self {
        Self { value, spot }
    }
}

impl<T> Deref for LocatedValue<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
