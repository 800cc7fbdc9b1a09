//! The Bundle carries a signature that proves it unchanged: a detached JWS over its canonical JSON, by a
//! trusted certificate.

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
    let Some(leaf) = &report.certificate else { return };
    let trust = case.context.trust.judge(leaf, case.context.now);
    if trust != TrustOutcome::Trusted {
        notes.bundle(WRONG, DATA, TrustOutcome::Trusted.to_string(), trust.to_string());
    }
}
