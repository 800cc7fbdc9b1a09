//! No document text, token or key stands in the log.

use super::case::{EntryCase, Secrets};
use super::registry::place;
use crate::rule::Findings;

const KEY: &str = "PRIVATE KEY-----";
/// `{"` in Base64url.
const TOKEN: &str = "eyJ";

pub(super) fn check(case: &EntryCase<'_>, out: &mut Findings<'_>) {
    case.json.texts(&mut |pointer, text| {
        if holds_token(text, &case.secrets.tokens) {
            out.add("log-holds-token", &place(&case.entry.at(pointer)), "no token and no key", "one");
        }
        if case.secrets.texts.iter().any(|secret| !secret.is_empty() && text.contains(secret.as_str())) {
            let spot = place(&case.entry.at(pointer));
            out.add("log-holds-document-text", &spot, "no text of a document", "text of a document");
        }
    });
}

/// Whether any text of an entry with this JSON could hold what must not be there: a look at the whole costs
/// a small part of a look at each text. A backslash could hide anything.
pub(super) fn is_suspicious(json: &str, secrets: &Secrets<'_>) -> bool {
    !secrets.tokens.is_empty()
        || !secrets.texts.is_empty()
        || [KEY, TOKEN].iter().any(|part| json.contains(part))
        || json.contains('\\')
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
