//! What the rules about signatures share.

use crate::profile::SignatureKind;
use crate::rule::message::judged_message::JudgedMessage;
use crate::wire::cda::SignedBy;
use crate::wire::xmldsig::ValueOutcome;

/// The signatures of a document that has a body to sign.
pub(super) fn signatures<'a>(subject: &JudgedMessage<'a>) -> &'a [SignedBy] {
    subject.document.filter(|document| document.body.is_some()).map_or(&[], |document| &document.signatures)
}

/// The kind of a signature; `None` where it tells none, or one that the profile does not know.
pub(super) fn kind_of(subject: &JudgedMessage<'_>, signature: &SignedBy) -> Option<SignatureKind> {
    subject.context.profile.signature.kind_of(&signature.kind.as_ref()?.value)
}

/// The certificate, when it made the signature: one that did not says nothing about the signer.
pub(super) fn signer(signature: &SignedBy) -> Option<&[u8]> {
    let made_it = signature.report.value == ValueOutcome::Holds;
    signature.report.certificate.as_deref().filter(|_| made_it)
}
