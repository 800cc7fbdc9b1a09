//! What a signature covers.

use crate::wire::xmldsig::{Reference, ReferenceOutcome, ReferenceTarget, SignatureReport, ValueOutcome};

/// Whether the reference is to another element than a signature may cover.
pub(super) fn is_astray(reference: &Reference) -> bool {
    matches!(reference.target, ReferenceTarget::Elsewhere | ReferenceTarget::Unresolved) && !is_out_of_form(reference)
}

/// Whether the signature, as far as its references can be read, has none to `target`. Where one goes astray, that is
/// what is wrong with it.
pub(super) fn lacks(report: &SignatureReport, target: ReferenceTarget) -> bool {
    let is_read = !report.references.is_empty() || !matches!(report.value, ValueOutcome::Unsupported(_));
    let is_judged = is_read && !report.references.iter().any(|one| is_astray(one) || is_out_of_form(one));
    is_judged && !report.references.iter().any(|reference| reference.target == target)
}

fn is_out_of_form(reference: &Reference) -> bool {
    matches!(reference.outcome, ReferenceOutcome::Unsupported(_))
}
