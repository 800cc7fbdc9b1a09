//! Bytes of messages to values and back; each reading error with its place. This room opens no
//! sockets and no files.

mod b64;
pub(crate) mod bytes;
pub mod cda;
pub mod certificate_key;
mod content_id;
pub mod fhir;
pub mod hl7;
pub mod json;
pub mod jws;
pub mod mime;
pub mod pdf;
mod place;
pub mod soap;
pub mod trust;
pub mod use_log;
pub mod xml;
pub mod xmldsig;

pub(crate) use content_id::referred_content_id;
pub use place::Part;
pub(crate) use place::{LocatedValue, Location};
