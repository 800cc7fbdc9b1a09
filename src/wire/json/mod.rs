//! JSON (RFC 8259) read with bounds and without doubled members, its values found again by JSON
//! pointer (RFC 6901), and its canonical form (RFC 8785).

mod canonical;
mod offset;
mod read;
mod said;
mod split;
mod tree;
mod walk;

pub use canonical::{canonical_of, canonical_without};
pub(crate) use offset::{offset_of, offsets_of};
pub use read::parse;
pub(crate) use read::{JsonError, JsonFault, JsonLimits, Located};
pub use split::JsonShape;
pub(crate) use split::{JsonPiece, Splitter};
pub use tree::Json;
pub(crate) use walk::pointer_to;
pub use walk::{at, walk};
