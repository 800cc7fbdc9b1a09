//! What a signature covers.

use crate::wire::xmldsig::{Reference, ReferenceOutcome, ReferenceTarget, SignatureReport, ValueOutcome};

/// Whether the reference is to another element than a signature may cover.
pub(super) fn is_astray(reference: &Reference) -> bool {
    let is_elsewhere = matches!(reference.target, ReferenceTarget::Elsewhere | ReferenceTarget::Unresolved);
    is_elsewhere && !is_unverified(reference)
}

/// Whether the signature, as far as its references can be read, has none to `target`. Where one goes astray or cannot be
/// judged, that is what is wrong with it.
pub(super) fn lacks(report: &SignatureReport, target: ReferenceTarget) -> bool {
    let is_read = !report.references.is_empty() || !matches!(report.value, ValueOutcome::Unverified(_));
    let is_judged = is_read && !report.references.iter().any(|one| is_astray(one) || is_unverified(one));
    let covers = |one: &Reference| one.target == target || one.target == ReferenceTarget::Document;
    is_judged && !report.references.iter().any(covers)
}

fn is_unverified(reference: &Reference) -> bool {
    matches!(reference.outcome, ReferenceOutcome::Unverified(_))
}
