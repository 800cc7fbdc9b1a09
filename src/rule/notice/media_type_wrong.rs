//! The body is sent as `application/fhir+json` in UTF-8.

use super::place::in_header;
use super::subject::{NoticeCase, NoticeSubject};
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::NoticeMediaTypeWrong;

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "media-type-wrong",
    requirement: "DIS-15",
    sentence: "The body is sent as `application/fhir+json` in UTF-8.",
    codes: &[CODE],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let header = &case.context.profile.http_header.media_type;
    let sent = case.reading.request.header(&header.name);
    if !sent.is_some_and(|sent| is_of(sent, &header.value)) {
        findings.add(CODE, &in_header(&header.name), Said::value(&header.value), Said::value_or(sent, said::none()));
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
