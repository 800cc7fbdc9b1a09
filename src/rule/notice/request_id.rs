//! The request has an `X-Request-Id`, a UUID or an OID, that no other request has, not even one that is sent again.

use super::place::in_header;
use super::subject::{NoticeCase, NoticeSubject};
use crate::domain::Oid;
use crate::rule::{FindingCode, Findings, Rule};
use crate::state::Earlier;
use crate::words::{Said, said};

pub(super) const RULE: Rule<NoticeSubject> = Rule {
    id: "request-id",
    requirement: "DIS-14",
    sentence: "The request has an `X-Request-Id`, a UUID or an OID, that no other request has, not even one that is \
               sent again.",
    codes: &[FindingCode::RequestIdMissing, FindingCode::RequestIdReused],
    judge,
};

fn judge(case: &NoticeCase<'_>, findings: &mut Findings<'_>) {
    let spot = in_header(&case.context.profile.http_header.request_id.name);
    let Some(id) = case.reading.request_id.as_deref() else {
        return findings.add(FindingCode::RequestIdMissing, &spot, said::a_uuid_or_an_oid(), said::none());
    };
    if !is_uuid(id) && id.parse::<Oid>().is_err() {
        findings.add(FindingCode::RequestIdMissing, &spot, said::a_uuid_or_an_oid(), Said::value(id));
    }
    if case.context.known.request(id, &case.reading.request.body) != Earlier::Nothing {
        findings.add(
            FindingCode::RequestIdReused,
            &spot,
            said::an_identifier_that_no_other_request_has(),
            Said::value(id),
        );
    }
}

/// RFC 9562: groups of 8, 4, 4, 4 and 12 hexadecimal digits.
fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(group.len()));
    groups.eq([8, 4, 4, 4, 12].map(Some))
}

#[cfg(test)]
mod tests {
    use super::is_uuid;

    #[test]
    fn a_uuid_is_told_from_other_texts() {
        assert!(is_uuid("6d9f3c1c-0a4e-4a58-9f2a-5b1f3f7f9c01"));
        for text in ["", "6d9f3c1c0a4e4a589f2a5b1f3f7f9c01", "6d9f3c1c-0a4e-4a58-9f2a-5b1f3f7f9c0g", "----"] {
            assert!(!is_uuid(text), "{text}");
        }
    }
}
