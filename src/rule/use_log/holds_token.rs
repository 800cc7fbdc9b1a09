//! No token and no key stands in the log.

use super::entry::{EntryCase, KEY, SingleEntry, TOKEN};
use super::place::in_log;
use crate::rule::{FindingCode, Findings, Rule};
use crate::words::said;

const CODE: FindingCode = FindingCode::LogHoldsToken;

pub(super) const RULE: Rule<SingleEntry> = Rule {
    id: "holds-token",
    requirement: "LOG-06",
    sentence: "No token and no key stands in the log.",
    codes: &[CODE],
    judge,
};

fn judge(case: &EntryCase<'_>, findings: &mut Findings<'_>) {
    case.json.texts(&mut |pointer, text| {
        if holds_token(text, &case.secrets.tokens) {
            findings.add(CODE, &in_log(case.entry.at(pointer)), said::no_token_and_no_key(), said::one());
        }
    });
}

/// A token that was sent, anything in the form of one, or a private key.
fn holds_token(text: &str, sent: &[&str]) -> bool {
    let is_sent = |token: &&str| {
        let secret = token.rsplit(' ').next().unwrap_or_default();
        !secret.is_empty() && text.contains(secret)
    };
    text.contains(KEY) || sent.iter().any(is_sent) || text.split([' ', '"', ',', ';']).any(is_compact_jws)
}

/// Three parts of Base64url with dots between, of which the first is a JSON object.
fn is_compact_jws(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let is_base64url = |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    parts.len() == 3 && parts[0].starts_with(TOKEN) && parts.iter().all(is_base64url)
}

#[cfg(test)]
mod tests {
    use super::holds_token;

    #[test]
    fn tokens_are_told_from_other_texts() {
        for text in ["Bearer eyJhbGciOiJub25lIn0.e30.AQ", "x secret-1", "-----BEGIN PRIVATE KEY-----"] {
            assert!(holds_token(text, &["Bearer secret-1"]), "{text}");
        }
        for text in ["1.2.246", "eyJ", "www.kanta.fi", ""] {
            assert!(!holds_token(text, &["Bearer secret-1", ""]), "{text}");
        }
    }
}
