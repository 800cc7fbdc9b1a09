//! The body is sent as `application/fhir+json` in UTF-8.

use super::case::Case;
use super::notes::Notes;

const EXPECTED: &str = "application/fhir+json";

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let sent = case.reading.request.header("content-type");
    if !sent.is_some_and(is_fhir_json) {
        notes.header("notice-media-type-wrong", "Content-Type", EXPECTED, sent.unwrap_or("none"));
    }
}

/// Compares media type and charset whatever their case; other parameters do not count.
fn is_fhir_json(value: &str) -> bool {
    let mut parts = value.split(';').map(str::trim);
    let is_type = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case(EXPECTED));
    let is_utf8 = |part: &str| match part.split_once('=') {
        Some((name, value)) if name.trim().eq_ignore_ascii_case("charset") => {
            value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    };
    is_type && parts.all(is_utf8)
}

#[cfg(test)]
mod tests {
    use super::is_fhir_json;

    #[test]
    fn case_and_charset_are_looked_at() {
        for value in ["application/fhir+json", "Application/FHIR+JSON; charset=\"UTF-8\"", "application/fhir+json;v=1"]
        {
            assert!(is_fhir_json(value), "{value}");
        }
        for value in ["application/json", "application/fhir+json; charset=latin1", "application/fhir+xml", ""] {
            assert!(!is_fhir_json(value), "{value}");
        }
    }
}
