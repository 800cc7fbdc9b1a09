//! One entry and what it is held against by itself, whatever stands before it.

use crate::domain::{Hetu, identity_codes};
use crate::profile::UseLogRules;
use crate::reading::{Call, LogEntry};
use crate::rule::Subject;
use crate::wire::json::Json;

/// How a private key begins, as PEM writes it.
pub(super) const KEY: &str = "PRIVATE KEY-----";
/// `{"` in Base64url, with which every token begins.
pub(super) const TOKEN: &str = "eyJ";

/// Rules about an entry by itself.
pub(in crate::rule) enum SingleEntry {}

impl Subject for SingleEntry {
    type Of<'a> = EntryCase<'a>;
}

/// One entry and what it is held against.
#[derive(Debug, Clone, Copy)]
pub(in crate::rule) struct EntryCase<'a> {
    pub entry: &'a LogEntry<'a>,
    /// The entry as it came.
    pub json: &'a Json<'a>,
    /// The call that it names, where Kanta saw it.
    pub call: Option<&'a Call>,
    /// Whether the call that it names was never seen.
    pub is_call_unknown: bool,
    /// What may stand nowhere in it.
    pub secrets: &'a Secrets<'a>,
    /// Whether any of its texts could hold what must not be there: a look at the whole costs a small part of a
    /// look at each text.
    pub is_suspicious: bool,
    /// What the profile says of use logs.
    pub rules: UseLogRules,
}

/// What may stand nowhere in a log.
#[derive(Debug, Clone, Default)]
pub(in crate::rule) struct Secrets<'a> {
    /// Values of the header with the token.
    pub tokens: Vec<&'a str>,
    /// Texts and markers of documents.
    pub texts: &'a [String],
}

impl Secrets<'_> {
    /// Whether any text of `entry`, whose JSON is `json`, could hold what must not be there. A backslash could
    /// hide anything.
    pub fn may_be_in(&self, entry: &LogEntry<'_>, json: &str) -> bool {
        !self.tokens.is_empty()
            || !self.texts.is_empty()
            || [KEY, TOKEN].iter().any(|part| json.contains(part))
            || json.contains('\\')
            || names_other(entry, json)
    }
}

/// Whether any identity code stands in `text` that is not the client's, of the 900 series or not.
fn names_other(entry: &LogEntry<'_>, text: &str) -> bool {
    let is_client =
        |code: &Hetu| entry.client.as_deref().is_some_and(|client| client.eq_ignore_ascii_case(code.as_str()));
    identity_codes(text).any(|(_, code)| !code.is_test() || !is_client(&code))
}
