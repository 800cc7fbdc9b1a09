//! The request carries one bearer token, a JWS by a trusted certificate.

use super::TokenReading;
use super::case::Case;
use super::notes::Notes;
use crate::wire::trust::TrustOutcome;

const HEADER: &str = "Authorization";
const REFUSED: &str = "token-refused";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    match &case.reading.token {
        TokenReading::Missing(what) => notes.header("token-missing", HEADER, "one header, Bearer and a token", what),
        TokenReading::Unreadable(why) => notes.header(REFUSED, HEADER, "a compact JWS with a JSON object", why),
        TokenReading::Read(_) => judge_signature(case, notes),
    }
}

fn judge_signature(case: &Case<'_>, notes: &mut Notes) {
    let Some(report) = &case.token_report else { return };
    for fault in &report.faults {
        notes.header(REFUSED, HEADER, "a token signed by the certificate in its x5c header", fault.to_string());
    }
    let Some(leaf) = &report.certificate else { return };
    let trust = case.context.trust.judge(leaf, case.context.now);
    if trust != TrustOutcome::Trusted {
        notes.header(REFUSED, HEADER, TrustOutcome::Trusted.to_string(), trust.to_string());
    }
}
