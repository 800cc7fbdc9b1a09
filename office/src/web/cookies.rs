//! Cookies, and addresses that a reader may be sent back to.

use super::app::App;

/// Name of the session's cookie.
pub(super) fn session_cookie(app: &App) -> &'static str {
    if app.settings.is_https() { "__Host-office" } else { "office" }
}

/// What cookies carry where the office is reached over TLS.
pub(super) fn secure(app: &App) -> &'static str {
    if app.settings.is_https() { "; Secure" } else { "" }
}

/// `address` if it is one of the office's own, else the first page.
pub(super) fn own_address(address: &str) -> &str {
    let is_own = address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\n', '\r']);
    if is_own { address } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::own_address;

    #[test]
    fn nobody_is_sent_elsewhere() {
        for (address, expected) in [
            ("/customers?x=1", "/customers?x=1"),
            ("//evil.example", "/"),
            ("https://evil.example", "/"),
            ("/\\evil", "/"),
        ] {
            assert_eq!(own_address(address), expected);
        }
    }
}
