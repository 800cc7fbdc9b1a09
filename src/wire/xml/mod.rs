//! XML reading helpers: bounded parsing, values with their places, canonical form, escaping.

pub mod c14n;
mod decode;
mod element;
mod error;
mod escape;
mod namespace;
mod outline;
mod parse;
mod parser_error;
mod scan;

pub(crate) use decode::decode_as;
pub use decode::{decode, line_feeds};
pub(crate) use element::{Element, joined_text};
pub use error::{ReadError, ReadLimits};
pub(crate) use error::{ReadErrorKind, Surplus};
pub(crate) use escape::Escaped;
pub use namespace::HL7;
pub(crate) use namespace::{HL7_FINLAND, XML_SIGNATURE};
pub(crate) use outline::{MOST_ELEMENTS, Outline, OutlineNode, Space};
pub use parse::parse;
pub(crate) use parse::without_doctype;
