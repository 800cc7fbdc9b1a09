//! An entry about a client names no other person but who acted and who received.

use super::entry::{EntryCase, SingleEntry};
use super::place::in_log;
use crate::domain::{Hetu, identity_codes};
use crate::reading::LogEntry;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::{Said, said};

const CODE: FindingCode = FindingCode::LogOtherPerson;

pub(super) const RULE: Rule<SingleEntry> = Rule {
    id: "other-person",
    requirement: "LOG-18",
    sentence: "An entry about a client names no other person but who acted and who received.",
    codes: &[CODE],
    judge,
};

/// Where the codes of other persons may stand.
const THEIR_OWN: [&str; 3] = ["/client/", "/user/", "/disclosure/recipient/"];

fn judge(case: &EntryCase<'_>, findings: &mut Findings<'_>) {
    case.json.texts(&mut |pointer, text| {
        if THEIR_OWN.iter().any(|own| pointer.starts_with(own)) {
            return;
        }
        if let Some(code) = other(case.entry, text) {
            let spot = in_log(case.entry.at(pointer));
            findings.add(
                CODE,
                &spot,
                said::no_identity_code_but_the_client_s(),
                Said::value(format!("{}…", &code[..6])),
            );
        }
    });
}

/// The first identity code of the 900 series in `text` that is not the client's.
fn other(entry: &LogEntry<'_>, text: &str) -> Option<String> {
    let is_client = |code: &str| entry.client.as_deref().is_some_and(|client| client.eq_ignore_ascii_case(code));
    let codes = identity_codes(text).map(|(_, code)| code).filter(Hetu::is_test);
    codes.map(|code| code.as_str().to_owned()).find(|code| !is_client(code))
}
