//! No document text, token or key stands in the log.

use super::UseLogCase;
use super::registry::place;
use crate::rule::Findings;
use crate::wire::json::walk;

pub(super) fn check(case: &UseLogCase<'_>, out: &mut Findings<'_>) {
    let tokens: Vec<&str> =
        case.exchanges.iter().filter_map(|exchange| exchange.request.header("authorization")).collect();
    for entry in case.entries() {
        let Some(json) = case.log.json.pointer(&entry.pointer) else { continue };
        walk(json, &mut |pointer, value| {
            let Some(text) = value.as_str() else { return };
            let spot = place(&entry.at(pointer));
            if holds_token(text, &tokens) {
                out.add("log-holds-token", &spot, "no token and no key", "one");
            }
            if case.forbidden.iter().any(|forbidden| !forbidden.is_empty() && text.contains(forbidden.as_str())) {
                out.add("log-holds-document-text", &spot, "no text of a document", "text of a document");
            }
        });
    }
}

/// A token that was sent, anything in the form of one, or a private key.
fn holds_token(text: &str, sent: &[&str]) -> bool {
    let is_sent = |token: &&str| {
        let secret = token.rsplit(' ').next().unwrap_or_default();
        !secret.is_empty() && text.contains(secret)
    };
    text.contains("PRIVATE KEY-----")
        || sent.iter().any(is_sent)
        || text.split([' ', '"', ',', ';']).any(is_compact_jws)
}

/// Three parts of Base64url with dots between, of which the first is a JSON object (`{"` is `eyJ`).
fn is_compact_jws(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let is_base64url = |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    parts.len() == 3 && parts[0].starts_with("eyJ") && parts.iter().all(is_base64url)
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
