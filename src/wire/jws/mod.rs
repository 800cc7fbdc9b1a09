//! JSON Web Signatures (RFC 7515) in compact form: tokens, and the detached signature of a Bundle.

mod compact;
mod verify;

pub use compact::{Compact, JwsError};
pub use verify::{Algorithm, JwsFault, JwsReport};
