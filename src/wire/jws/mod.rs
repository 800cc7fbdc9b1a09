//! JSON Web Signatures (RFC 7515) in compact form: tokens, and the detached signature of a Bundle.

mod compact;
mod verify;

pub(crate) use compact::Compact;
pub use verify::Algorithm;
pub(crate) use verify::JwsFault;
