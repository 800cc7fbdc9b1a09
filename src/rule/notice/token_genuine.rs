//! The request carries one bearer token, a JWS by a certificate of a trusted authority.

use super::TokenReading;
use super::case::Case;
use super::notes::Notes;
use super::signature::check_trust;

const REFUSED: &str = "token-refused";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let header = &case.context.profile.http_header.token;
    match &case.reading.token {
        TokenReading::Missing(what) => {
            let expected = format!("one header, {} and a token", header.value);
            notes.header("token-missing", header.name.clone(), expected, what);
        }
        TokenReading::Unreadable(why) => {
            notes.header(REFUSED, header.name.clone(), "a compact JWS with a JSON object", why);
        }
        TokenReading::Read(_) => judge_signature(case, notes),
    }
}

fn judge_signature(case: &Case<'_>, notes: &mut Notes) {
    let Some(report) = &case.token_report else { return };
    let header = || case.context.profile.http_header.token.name.clone();
    for fault in &report.faults {
        notes.header(REFUSED, header(), "a token signed by the certificate in its x5c header", fault.to_string());
    }
    if let Some(leaf) = &report.certificate {
        check_trust(case.context, leaf, [REFUSED, "token-certificate-invalid"], |code, expected, actual| {
            notes.header(code, header(), expected, actual);
        });
    }
}
