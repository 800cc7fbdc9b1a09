//! The body is sent as `application/fhir+json` in UTF-8.

use super::case::Case;
use super::notes::Notes;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let header = &case.context.profile.http_header.media_type;
    let sent = case.reading.request.header(&header.name);
    if !sent.is_some_and(|sent| is_of(sent, &header.value)) {
        let (name, expected) = (header.name.clone(), header.value.as_str());
        notes.header("notice-media-type-wrong", name, expected, sent.unwrap_or("none"));
    }
}

/// Compares media type and charset whatever their case; other parameters do not count.
fn is_of(value: &str, expected: &str) -> bool {
    let mut parts = value.split(';').map(str::trim);
    let is_type = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case(expected));
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
    use super::is_of;

    const FHIR: &str = "application/fhir+json";

    #[test]
    fn case_and_charset_are_looked_at() {
        for value in ["application/fhir+json", "Application/FHIR+JSON; charset=\"UTF-8\"", "application/fhir+json;v=1"]
        {
            assert!(is_of(value, FHIR), "{value}");
        }
        for value in ["application/json", "application/fhir+json; charset=latin1", "application/fhir+xml", ""] {
            assert!(!is_of(value, FHIR), "{value}");
        }
    }
}
