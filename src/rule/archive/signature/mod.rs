//! Rules about the electronic signatures of a document. Every signature is judged, not the first found.

mod form;
mod genuine;
mod present;
mod shared;
mod signer;
mod targets;
mod trusted;

pub(super) use form::FORM;
pub(super) use genuine::GENUINE;
pub(super) use present::PRESENT;
pub(super) use signer::SIGNER;
pub(super) use targets::TARGETS;
pub(super) use trusted::TRUSTED;

use shared::{signatures, signer};
