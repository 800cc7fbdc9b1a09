//! Rules about the electronic signatures of a document. Every signature is judged, not the first found.

mod form;
mod genuine;
mod kind_fits;
mod present;
mod shared;
mod signer;
mod signer_named;
mod targets;
mod time;
mod trusted;

pub(super) use form::FORM;
pub(super) use genuine::GENUINE;
pub(super) use kind_fits::KIND_FITS;
pub(super) use present::PRESENT;
pub(super) use signer::SIGNER;
pub(super) use signer_named::SIGNER_NAMED;
pub(super) use targets::TARGETS;
pub(super) use time::TIME;
pub(super) use trusted::TRUSTED;

use shared::{kind_of, signatures, signer};
