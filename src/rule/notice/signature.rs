//! The Bundle carries a signature that proves it unchanged: a detached JWS over its canonical JSON, by a
//! trusted certificate.

use super::NoticeContext;
use super::case::Case;
use super::notes::Notes;
use crate::wire::trust::TrustOutcome;

const WRONG: &str = "notice-signature-wrong";
const DATA: &str = "/signature/data";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let report = match &case.signature {
        Some(Ok(report)) => report,
        Some(Err(why)) => return notes.bundle(WRONG, DATA, "a detached JWS in Base64", why),
        None if case.bundle.is_some() => {
            let pointer = if case.is_said("/signature") { DATA } else { "/signature" };
            return notes.bundle("notice-signature-missing", pointer, "a signature over the Bundle", "none");
        }
        None => return,
    };
    for fault in &report.faults {
        notes.bundle(WRONG, DATA, "a signature by the certificate in its x5c header", fault.to_string());
    }
    if let Some(leaf) = &report.certificate {
        check_trust(case.context, leaf, [WRONG, "notice-certificate-invalid"], |code, expected, actual| {
            notes.bundle(code, DATA, expected, actual);
        });
    }
}

/// Tells what stands against the certificate of a signer: the first code says that no trusted authority
/// issued it, the second that it was not valid, or revoked, when it was shown.
pub(super) fn check_trust(
    context: &NoticeContext<'_>,
    leaf: &[u8],
    [untrusted, invalid]: [&'static str; 2],
    mut tell: impl FnMut(&'static str, String, String),
) {
    let trust = context.trust.judge(leaf, context.now);
    let code = match trust {
        TrustOutcome::Trusted => return,
        TrustOutcome::Expired | TrustOutcome::NotYetValid | TrustOutcome::Revoked => invalid,
        TrustOutcome::UnknownIssuer | TrustOutcome::NoAnchors | TrustOutcome::Unreadable(_) => untrusted,
    };
    tell(code, TrustOutcome::Trusted.to_string(), trust.to_string());
}
