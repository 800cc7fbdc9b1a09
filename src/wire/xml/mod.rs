//! XML reading helpers: bounded parsing, values with their places, canonical form, escaping.

pub mod c14n;
mod decode;
mod element;
mod error;
mod escape;
mod outline;
mod parse;
mod scan;

pub use decode::{decode, line_feeds};
pub use element::{Element, joined_text};
pub use error::{ReadError, ReadErrorKind, ReadLimits};
pub use escape::Escaped;
pub use outline::{MOST_ELEMENTS, Outline, OutlineNode, Space};
pub use parse::parse;

/// Namespace of HL7 v3 messages and of CDA R2.
pub const HL7: &str = "urn:hl7-org:v3";
/// Namespace of Finland's extensions to CDA R2.
pub const HL7_FINLAND: &str = "urn:hl7finland";
/// Namespace of XML signatures.
pub const XML_SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
