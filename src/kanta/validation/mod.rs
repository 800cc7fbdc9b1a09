//! The document validation service: judges a frame and its document together and stores nothing.
//!
//! At `/shark-validointi/validoi/asiakirja/tulos` it answers as Kela's validation service was seen to
//! answer, so that a vendor's existing script works when it is pointed here; at `/validation` the same
//! request gets every finding with its stage, place, requirement and test.

mod outcome;
mod request;
mod service;
mod short;
mod whole;

pub(super) use service::ValidationService;
