//! The request has an `X-Request-Id`, a UUID or an OID, that no other request has, not even one that is sent again.

use super::case::Case;
use super::notes::Notes;
use crate::domain::Oid;
use crate::state::Earlier;

pub(super) fn check(case: &Case<'_>, notes: &mut Notes) {
    let header = || case.context.profile.http_header.request_id.name.clone();
    let Some(id) = super::request_id(case.reading) else {
        return notes.header("request-id-missing", header(), "a UUID or an OID", "none");
    };
    if !is_uuid(id) && id.parse::<Oid>().is_err() {
        notes.header("request-id-missing", header(), "a UUID or an OID", id);
    }
    if case.context.known.request(id, &case.reading.request.body) != Earlier::Nothing {
        notes.header("request-id-reused", header(), "an identifier that no other request has", id);
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
