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

pub use decode::{decode, decode_as, line_feeds};
pub use element::{Element, joined_text};
pub use error::{ReadError, ReadErrorKind, ReadLimits, Surplus};
pub use escape::Escaped;
pub use namespace::{HL7, HL7_FINLAND, XML_SIGNATURE};
pub use outline::{MOST_ELEMENTS, Outline, OutlineNode, Space};
pub use parse::{parse, without_doctype};
