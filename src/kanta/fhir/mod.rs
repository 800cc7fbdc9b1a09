//! The FHIR root of the log-register service: it takes Bundles of disclosure notices, and nothing else.

mod answers;
mod handle;
mod known;
mod played;
mod work;

pub(super) use handle::{handle, trouble};
