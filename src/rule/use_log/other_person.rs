//! An entry about a client names no other person but who acted and who received.

use super::LogEntry;
use super::case::EntryCase;
use super::registry::place;
use crate::domain::{Hetu, identity_codes};
use crate::rule::Findings;

/// Where the codes of other persons may stand.
const THEIR_OWN: [&str; 3] = ["/client/", "/user/", "/disclosure/recipient/"];

pub(super) fn check(case: &EntryCase<'_>, out: &mut Findings<'_>) {
    case.json.texts(&mut |pointer, text| {
        if THEIR_OWN.iter().any(|own| pointer.starts_with(own)) {
            return;
        }
        if let Some(code) = other(case.entry, text) {
            let spot = place(&case.entry.at(pointer));
            out.add("log-other-person", &spot, "no identity code but the client's", format!("{}…", &code[..6]));
        }
    });
}

/// Whether any identity code stands in `text` that is not the client's, of the 900 series or not: then each text
/// of the entry is looked at.
pub(super) fn is_there(entry: &LogEntry, text: &str) -> bool {
    let is_client =
        |code: &Hetu| entry.client.as_deref().is_some_and(|client| client.eq_ignore_ascii_case(code.as_str()));
    identity_codes(text).any(|(_, code)| !code.is_test() || !is_client(&code))
}

/// The first identity code of the 900 series in `text` that is not the client's.
fn other(entry: &LogEntry<'_>, text: &str) -> Option<String> {
    let is_client = |code: &str| entry.client.as_deref().is_some_and(|client| client.eq_ignore_ascii_case(code));
    let codes = identity_codes(text).map(|(_, code)| code).filter(Hetu::is_test);
    codes.map(|code| code.as_str().to_owned()).find(|code| !is_client(code))
}
