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
pub use offset::{offset_of, offsets_of};
pub use read::{JsonError, JsonFault, JsonLimits, Located, parse};
pub use split::{JsonPiece, JsonShape, Splitter};
pub use tree::Json;
pub use walk::{at, pointer_to, walk};
