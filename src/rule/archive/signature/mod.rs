//! Rules about the electronic signatures of a document. Every signature is judged, not the first found.

mod form;
mod genuine;
mod present;
mod signer;
mod targets;
mod trusted;

pub(super) use form::FORM;
pub(super) use genuine::GENUINE;
pub(super) use present::PRESENT;
pub(super) use signer::SIGNER;
pub(super) use targets::TARGETS;
pub(super) use trusted::TRUSTED;

use super::subject::Subject;
use crate::wire::cda::SignedBy;
use crate::wire::xmldsig::ValueOutcome;

/// The signatures of a document that has a body to sign.
fn signatures<'a>(subject: &Subject<'a>) -> &'a [SignedBy] {
    subject.document.filter(|document| document.body.is_some()).map_or(&[], |document| &document.signatures)
}

/// The certificate, when it made the signature: one that did not says nothing about the signer.
fn signer(signature: &SignedBy) -> Option<&[u8]> {
    let made_it = signature.report.value == ValueOutcome::Holds;
    signature.report.certificate.as_deref().filter(|_| made_it)
}
